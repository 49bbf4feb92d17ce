package org.constellation.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No container has a token of the operator or the treasury. Those that are shown one have its hash:
 * the operator's where something is only his, the treasury's where its star is kept.
 */
class TokensTest {

  private static final Pattern OPERATOR_OR_TREASURY =
      Pattern.compile("operator|treasury", Pattern.CASE_INSENSITIVE);

  /** Stands for the provisioning, whose own tests say what it makes of tokens. */
  private static final String JAVA =
      """
      #!/bin/bash
      set -eu
      secrets=MADE/secrets
      if [[ "$1" != -Dconstellation.services=tokens ]]; then
        mkdir -p "$secrets" MADE/members/facilitator-1
        for file in star-service.key blackhole-ledger.key master.key treasury.key; do echo "$file" >"$secrets/$file"; done
        for file in operational wallet; do echo "$file" >"MADE/members/facilitator-1/$file.key"; done
        echo operators >"$secrets/operator.token"
        echo treasurys >"$secrets/treasury.token"
        echo network >MADE/genesis.bin
      elif [[ -e "$secrets/treasury.key" && ! -e "$secrets/treasury.token" ]]; then
        mv "$secrets/operator.token" "$secrets/treasury.token"
        echo fresh >"$secrets/operator.token"
      fi
      sed 's/^/public of /' "$secrets/blackhole-ledger.key" >MADE/keeper.hex
      for owner in operator treasury; do
        [[ ! -e "$secrets/$owner.token" ]] || sed 's/^/hash of /' "$secrets/$owner.token" >"$secrets/$owner.hash"
      done
      """;

  @TempDir private Path directory;

  static List<Compose> composes() {
    return List.of(Compose.read(Compose.NETWORK), Compose.read(Compose.ORGANISATION));
  }

  @BeforeEach
  void makeVolumes() throws IOException {
    for (var volume :
        List.of(
            "network",
            "database-password",
            "star-service",
            "blackhole-ledger",
            "facilitator-1",
            "galaxy-1")) {
      Files.createDirectories(given(volume));
    }
    Files.createDirectories(directory.resolve("made"));
    var java = directory.resolve("bin/java");
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(java, JAVA.replace("MADE", directory.resolve("made").toString()));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
  }

  @ParameterizedTest
  @MethodSource("composes")
  void inComposeOnlyWhoIsShownATokenIsToldOfOne(Compose compose) {
    for (var container : compose.containers().values()) {
      var told = new TreeMap<>(container.environment());
      told.keySet().removeIf(name -> !OPERATOR_OR_TREASURY.matcher(name).find());
      var expected = new TreeMap<String, String>();
      if (container.name().equals("star-service") || container.name().equals("blackhole-ledger")) {
        expected.put(
            "CONSTELLATION_SECURITY_OPERATORTOKENFILE", "/etc/constellation/keys/operator.hash");
      }
      if (container.name().equals("star-service") && compose.name().equals(Compose.NETWORK)) {
        expected.put(
            "CONSTELLATION_STAR_TREASURYTOKENFILE", "/etc/constellation/keys/treasury.hash");
        expected.put("CONSTELLATION_STAR_TREASURYKEYFILE", "/etc/constellation/keys/treasury.key");
      }
      assertThat(told).as(container.name()).isEqualTo(expected);
    }
  }

  /** What is in a volume is seen by whoever mounts it. */
  @ParameterizedTest
  @MethodSource("composes")
  void inComposeNobodyMountsAnothersKeys(Compose compose) {
    var owners = new TreeMap<String, List<String>>();
    for (var container : compose.containers().values()) {
      for (var volume : container.list("volumes")) {
        owners
            .computeIfAbsent(volume.replaceFirst(":.*", ""), _ -> new ArrayList<>())
            .add(container.name());
      }
    }
    assertThat(owners.get("made")).isSubsetOf("provision", "keys");
    owners.keySet().retainAll(compose.containers().keySet());
    assertThat(owners)
        .containsKeys("star-service", "blackhole-ledger", "facilitator-2", "galaxy-1");
    owners.forEach(
        (volume, mounting) ->
            assertThat(mounting)
                .as(volume)
                .allMatch(name -> name.equals(volume) || name.equals("provision")));
  }

  @Test
  void volumesHoldHashesAndOnlyWhereTheyAreAskedFor() throws Exception {
    provision();
    assertGiven("operators", "treasurys");
    var before = Files.getLastModifiedTime(given("star-service/operator.hash"));
    provision();
    assertGiven("operators", "treasurys");
    assertThat(Files.getLastModifiedTime(given("star-service/operator.hash"))).isEqualTo(before);
  }

  /** Whoever breaks into a member does not spend what its star has. */
  @Test
  void aWalletStaysWithItsOwnerAlsoWhereItWasGivenAwayBefore() throws Exception {
    provision();
    var wallet = directory.resolve("made/wallets/facilitator-1.key");
    assertThat(Files.readString(wallet)).isEqualTo("wallet\n");
    assertThat(named("*.key")).containsKey("facilitator-1/member/operational.key");
    assertThat(named("wallet.key")).isEmpty();

    Files.move(wallet, given("facilitator-1/member/wallet.key"));
    provision();
    assertThat(Files.readString(wallet)).isEqualTo("wallet\n");
    assertThat(named("wallet.key")).isEmpty();
  }

  @Test
  void aTokenThatIsReplacedIsKnownAfterTheNextStart() throws Exception {
    provision();
    Files.delete(made("operator.token"));
    Files.writeString(made("operator.token"), "another\n");
    provision();
    assertGiven("another", "treasurys");
  }

  @Test
  void aServicesKeyAndPasswordThatAreReplacedAreHandedOut() throws Exception {
    provision();
    var before = Files.readString(given("star-service/config/spring.datasource.password"));
    Files.writeString(made("blackhole-ledger.key"), "another keeper\n");
    Files.writeString(made("star-service.key"), "another star\n");
    Files.writeString(made("master.key"), "opens nothing\n");
    Files.delete(made("star-service.password"));
    provision();
    assertThat(Files.readString(given("blackhole-ledger/blackhole-ledger.key")))
        .isEqualTo("another keeper\n");
    assertThat(Files.readString(given("network/config/constellation.galaxy.keeper-key")))
        .isEqualTo("public of another keeper\n");
    assertThat(Files.readString(given("star-service/star-service.key")))
        .isEqualTo("another star\n");
    assertThat(Files.readString(given("star-service/master.key"))).isEqualTo("master.key\n");
    assertThat(Files.readString(given("star-service/config/spring.datasource.password")))
        .isNotEqualTo(before)
        .isEqualTo(Files.readString(given("database-password/star-service")));
  }

  /** One token for both, in every volume. */
  @Test
  void volumesOfAnOlderVersionLoseTheTokenThatAllHad() throws Exception {
    provision();
    for (var name : List.of("operator.hash", "treasury.hash", "treasury.token")) {
      Files.delete(made(name));
    }
    Files.writeString(made("operator.token"), "first\n");
    for (var volume : List.of("star-service", "blackhole-ledger", "facilitator-1", "galaxy-1")) {
      Files.deleteIfExists(given(volume + "/operator.hash"));
      Files.writeString(given(volume + "/operator.token"), "first\n");
    }
    Files.delete(given("star-service/treasury.hash"));
    Files.writeString(
        given("star-service/treasury.properties"),
        "constellation.star.treasury-token-file=/etc/constellation/keys/operator.token");
    // Replaced where star-service has it, as was done then.
    Files.writeString(given("star-service/operator.token"), "all-knew\n");

    provision();

    assertGiven("fresh", "all-knew");
    provision();
    assertGiven("fresh", "all-knew");
  }

  private void assertGiven(String operator, String treasury) throws IOException {
    try (var files = Files.walk(directory.resolve("given"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file.toString()).doesNotEndWith(".token");
        assertThat(Files.readString(file).lines().toList())
            .as(file.toString())
            .doesNotContain(operator, treasury);
      }
    }
    assertThat(named("*.hash"))
        .isEqualTo(
            Map.of(
                "star-service/operator.hash", "hash of " + operator,
                "star-service/treasury.hash", "hash of " + treasury,
                "blackhole-ledger/operator.hash", "hash of " + operator));
    assertThat(named("treasury.*").keySet())
        .containsExactlyInAnyOrder(
            "star-service/treasury.key",
            "star-service/treasury.hash",
            "star-service/treasury.properties");
    assertThat(Files.readString(given("star-service/treasury.properties")))
        .contains("token-file=/etc/constellation/keys/treasury.hash");
  }

  private Map<String, String> named(String pattern) throws IOException {
    var root = directory.resolve("given");
    var matcher = root.getFileSystem().getPathMatcher("glob:" + pattern);
    var found = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.filter(file -> matcher.matches(file.getFileName())).toList()) {
        found.put(root.relativize(file).toString(), Files.readString(file).strip());
      }
    }
    return found;
  }

  private void provision() throws IOException, InterruptedException {
    var script =
        Files.readString(Chart.CHECKOUT.resolve("docker/provision"), UTF_8)
            .replace("/made", directory.resolve("made").toString())
            .replace("/given", directory.resolve("given").toString());
    var process = new ProcessBuilder("/bin/bash", "-c", script).redirectErrorStream(true);
    process.redirectOutput(directory.resolve("said").toFile());
    process.environment().merge("PATH", "", (path, _) -> directory.resolve("bin") + ":" + path);
    assertThat(process.start().waitFor()).as(Files.readString(directory.resolve("said"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tryout", "everything", "external", "one-member"})
  void inTheClusterOnlyWhoIsShownATokenIsGivenItsHash(String set) {
    var rendered = Chart.ofCheckout().renderSet(set);
    assertThat(rendered.pods()).hasSizeGreaterThan(4);
    var given = new TreeMap<String, List<String>>();
    for (var pods : rendered.pods()) {
      var told =
          pods.allContainers()
              .flatMap(container -> container.getEnv().stream())
              .filter(variable -> OPERATOR_OR_TREASURY.matcher(variable.getName()).find())
              .map(EnvVar::getValue)
              .map(value -> value.replaceFirst("^/run/constellation/keys/", ""))
              .sorted()
              .toList();
      var mounted =
          items(pods)
              .map(KeyToPath::getKey)
              .filter(key -> OPERATOR_OR_TREASURY.matcher(key).find())
              .sorted()
              .toList();
      assertThat(mounted).as(pods.name()).isEqualTo(told);
      assertThat(items(pods).map(KeyToPath::getKey)).noneMatch(key -> key.endsWith(".token"));
      if (!told.isEmpty()) {
        given.put(pods.name().replaceFirst("^" + Chart.FULL_NAME + "-", ""), told);
      }
    }
    var hasOperator = !set.equals("one-member");
    var hasTreasury = set.equals("tryout") || set.equals("everything");
    var expected = new TreeMap<String, List<String>>();
    if (hasOperator) {
      expected.put("blackhole-ledger", List.of("operator.hash"));
      expected.put("star-service", List.of("operator.hash"));
    }
    if (hasTreasury) {
      expected.put("star-service", List.of("operator.hash", "treasury.hash", "treasury.key"));
    }
    assertThat(given).isEqualTo(expected);
  }

  /** A star may be kept where nobody is the operator. */
  @Test
  void theTreasuryNeedsNoOperator() {
    var pods =
        Chart.ofCheckout()
            .render(
                """
                {tryout: {enabled: true}, secrets: {operator: ""}, starService: {treasury: true}}
                """)
            .pods("star-service");
    assertThat(items(pods).map(KeyToPath::getKey))
        .contains("treasury.key", "treasury.hash")
        .doesNotContain("operator.hash");
  }

  private static Stream<KeyToPath> items(Rendered.Pods pods) {
    return pods.template().getSpec().getVolumes().stream()
        .filter(volume -> volume.getProjected() != null)
        .flatMap(volume -> volume.getProjected().getSources().stream())
        .map(VolumeProjection::getSecret)
        .flatMap(secret -> secret.getItems().stream());
  }

  private Path made(String secret) {
    return directory.resolve("made/secrets").resolve(secret);
  }

  private Path given(String file) {
    return directory.resolve("given").resolve(file);
  }
}
