package org.constellation.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code helm/keys} makes what the chart wants to find. It takes openssl, as its user does. */
class KeysTest {

  // RFC 8032, 7.1, test 1.
  private static final String SEED =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
  private static final String PUBLIC_KEY =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  private static final Pattern INSTALL =
      Pattern.compile(
          "(?m)^helm -n ledger install try helm/constellation"
              + " -f ~/constellation-try/cluster/values\\.yaml(.*)$");
  private static final Pattern SET = Pattern.compile("--set ([^ =]+)=(\\S+)");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?m)^kubectl -n ledger create secret generic (\\S+) \\\\\\n"
              + "((?: +--from-.*\\n"
              + ")+)");
  private static final Pattern FORWARD =
      Pattern.compile("(?m)^kubectl -n ledger port-forward service/(\\S+) (\\d+):(\\d+)$");

  @TempDir private Path directory;

  @BeforeEach
  void makeNetwork() throws IOException {
    write("genesis.bin", new byte[] {10, 4, 'm', 'a', 'i', 'n', 18, 2, 3, 4});
    for (var secret :
        new String[] {
          "operator.token",
          "operator.hash",
          "treasury.token",
          "treasury.hash",
          "treasury.key",
          "master.key"
        }) {
      write("secrets/" + secret, secret.getBytes(UTF_8));
    }
    write("secrets/star-service.key", HexFormat.of().parseHex(SEED));
    write("secrets/blackhole-ledger.key", HexFormat.of().parseHex(SEED));
    for (var member : new String[] {"facilitator-1", "galaxy-1", "galaxy-2"}) {
      for (var key :
          new String[] {"operational.key", "wallet.key", "agreement.key", "coin.share"}) {
        write("members/" + member + "/" + key, (member + key).getBytes(UTF_8));
      }
      write("members/" + member + "/journal/lock", new byte[0]);
      write("members/" + member + "/journal/000000000001.journal", new byte[100]);
    }
  }

  @Test
  void everySecretThatTheChartMountsIsThereWithItsKeys() throws Exception {
    assertThat(run()).isZero();
    var made = made();
    var rendered =
        Chart.ofCheckout()
            .render("tryout: {enabled: true}\n" + Files.readString(out().resolve("values.yaml")));
    for (var pods : rendered.pods()) {
      for (var volume : pods.template().getSpec().getVolumes()) {
        if (volume.getName().equals("genesis")) {
          assertThat(made).containsKey(volume.getConfigMap().getName());
        }
        if (volume.getName().equals("given")) {
          for (var source : volume.getProjected().getSources()) {
            var secret = named(made, source.getSecret().getName());
            assertThat(secret.path("data"))
                .allSatisfy(value -> assertThat(value.isTextual()).isTrue());
            assertThat(keys(secret)).containsAll(keys(source.getSecret()));
          }
        }
      }
    }
    var seed = named(made, "constellation-star-service").path("data").path("star-service.key");
    assertThat(Base64.getDecoder().decode(seed.asText())).asHexString().isEqualToIgnoringCase(SEED);
  }

  @Test
  void valuesFollowFromTheNetwork() throws Exception {
    assertThat(run()).isZero();
    var values = new YAMLMapper().readTree(out().resolve("values.yaml").toFile());
    assertThat(values.path("network").asText()).isEqualTo("main");
    assertThat(values.path("galaxyService").path("keeperKey").asText()).isEqualTo(PUBLIC_KEY);
    assertThat(values.path("galaxyService").path("members")).hasSize(2);
    assertThat(values.path("galaxyService").path("committeeSize").asInt()).isEqualTo(2);
    assertThat(values.path("clusterConsensusService").path("members")).hasSize(1);
  }

  /** Of several, one has the treasury; who has no card has it always. */
  @Test
  void anOrganisationsPartSaysWhoseItIs() throws Exception {
    Files.delete(data().resolve("secrets/treasury.key"));
    assertThat(run()).isNotZero();
    write(
        "card.json",
        "{\n  \"card\" : 1,\n  \"organisation\" : \"orbis-1\",\n  \"broker\" : \"kafka.orbis.example:9094\"\n}"
            .getBytes(UTF_8));

    assertThat(run()).isZero();

    var values = new YAMLMapper().readTree(out().resolve("values.yaml").toFile());
    assertThat(values.path("organisation").asText()).isEqualTo("orbis-1");
    assertThat(Files.readString(out().resolve("client/constellation.json")))
        .contains(
            "\"home\":{\"organisation\":\"orbis-1\",\"broker\":\"kafka.orbis.example:9094\"}");
    assertThat(values.path("starService").path("treasury").asBoolean()).isFalse();
    assertThat(named(made(), "constellation-star-service").path("data").has("treasury.key"))
        .isFalse();
    var rendered =
        Chart.ofCheckout()
            .render("tryout: {enabled: true}\n" + Files.readString(out().resolve("values.yaml")));
    assertThat(rendered.pods())
        .filteredOn(pods -> !pods.template().getSpec().getVolumes().isEmpty())
        .isNotEmpty();
  }

  @Test
  void walletsStayAtHomeAndNobodyElseReadsTheRest() throws Exception {
    assertThat(run()).isZero();
    assertThat(Files.readString(out().resolve("keys.yaml")))
        .doesNotContain("wallet")
        .doesNotContain(Base64.getEncoder().encodeToString("galaxy-1wallet.key".getBytes(UTF_8)));
    assertThat(Files.getPosixFilePermissions(out().resolve("keys.yaml")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  /** What is known of a token opens nothing, so it is all that a cluster gets. */
  @Test
  void tokensStayAtHomeAndTheirHashesGoWhereTheyAreAskedFor() throws Exception {
    assertThat(run()).isZero();
    var keys = Files.readString(out().resolve("keys.yaml"));
    var where = new TreeMap<String, List<String>>();
    for (var owner : List.of("operator", "treasury")) {
      assertThat(keys)
          .doesNotContain(Base64.getEncoder().encodeToString((owner + ".token").getBytes(UTF_8)));
      where.put(
          owner,
          made().entrySet().stream()
              .filter(made -> made.getValue().path("data").has(owner + ".hash"))
              .map(Map.Entry::getKey)
              .toList());
    }
    assertThat(where)
        .containsEntry("operator", List.of("constellation-operator"))
        .containsEntry("treasury", List.of("constellation-star-service"));
  }

  @Test
  void aDirectoryWithOneTokenForAllIsRefusedWithTheWayOut() throws Exception {
    Files.delete(data().resolve("secrets/operator.hash"));
    assertThat(run()).isNotZero();
    assertThat(directory.resolve("said")).content().contains("./constellation genesis --data");
  }

  @Test
  void aGenesisFileWithoutANameIsNone() throws Exception {
    write("genesis.bin", new byte[] {1, 2, 3});
    assertThat(run()).isNotZero();
    assertThat(directory.resolve("said")).content().contains("name");
  }

  @Test
  void aMemberThatHasSpokenDoesNotBeginAnew() throws Exception {
    write("members/galaxy-2/journal/000000000001.journal", new byte[5000]);
    assertThat(run()).isNotZero();
  }

  @Test
  void usersTalkToTheNetworkFromADirectoryWithTheirTokensAndNobodysKeys() throws Exception {
    assertThat(run()).isZero();
    var client = out().resolve("client");
    try (var files = Files.walk(client)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> client.relativize(file).toString()))
          .containsExactlyInAnyOrder(
              "genesis.bin",
              "endpoints.json",
              "constellation.json",
              "secrets/operator.token",
              "secrets/treasury.key",
              "secrets/treasury.token");
    }
    assertThat(Files.readString(client.resolve("constellation.json")))
        .isEqualToIgnoringNewLines("{\"facilitators\":1,\"galaxies\":2,\"processes\":true}");
  }

  @Test
  void aKeyThatIsMissingIsNotPassedOver() throws Exception {
    Files.delete(data().resolve("secrets/blackhole-ledger.key"));
    assertThat(run()).isNotZero();
  }

  /** Of the pages that say how, in a row: what one needs is there, and is what the next needs. */
  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/deployment.md"})
  void whoFollowsThePageMayOpenAStar(String page) throws Exception {
    assertThat(run()).isZero();
    var text = Files.readString(Chart.CHECKOUT.resolve(page));
    var options = new HashMap<String, String>();
    for (var option : SET.matcher(find(INSTALL, text).group(1)).results().toList()) {
      options.put(option.group(1), option.group(2));
    }
    var rendered =
        Chart.ofCheckout().render(Files.readString(out().resolve("values.yaml")), options);

    var star = rendered.pods("star-service").container();
    assertThat(star.getEnv())
        .contains(new EnvVar("CONSTELLATION_SECURITY_OPENCUSTODY", "true", null));
    var databaseUser = find(SECRET, text);
    for (var pods : rendered.pods()) {
      for (var variable : pods.container().getEnv()) {
        if (variable.getValueFrom() != null) {
          var asked = variable.getValueFrom().getSecretKeyRef();
          assertThat(asked.getName()).isEqualTo(databaseUser.group(1));
          assertThat(databaseUser.group(2))
              .containsPattern("--from-(literal|file)=" + asked.getKey() + "=");
        }
      }
    }
    var forward = find(FORWARD, text);
    assertThat(rendered.one(Service.class, forward.group(1)).getSpec().getPorts())
        .extracting(port -> String.valueOf(port.getPort()))
        .contains(forward.group(3));
    assertThat(Files.readString(out().resolve("client/endpoints.json")))
        .contains(":" + forward.group(2) + "}");
    for (var command : List.of("star new --name alice", "pay treasury alice 100")) {
      assertThat(text)
          .contains("./constellation " + command + " --data ~/constellation-try/cluster/client\n");
    }
  }

  private static MatchResult find(Pattern pattern, String page) {
    var matcher = pattern.matcher(page);
    assertThat(matcher.find()).as(pattern.pattern()).isTrue();
    return matcher.toMatchResult();
  }

  private int run() throws IOException, InterruptedException {
    return new ProcessBuilder(
            Chart.CHECKOUT.resolve("helm/keys").toString(), data().toString(), out().toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("said").toFile())
        .start()
        .waitFor();
  }

  private Map<String, JsonNode> made() throws IOException {
    var made = new HashMap<String, JsonNode>();
    try (var documents =
        new YAMLMapper()
            .readerFor(JsonNode.class)
            .<JsonNode>readValues(out().resolve("keys.yaml").toFile())) {
      while (documents.hasNext()) {
        var document = documents.next();
        made.put(document.path("metadata").path("name").asText(), document);
      }
    }
    return made;
  }

  private static JsonNode named(Map<String, JsonNode> made, String name) {
    var found = made.get(name);
    if (found == null) {
      throw new AssertionError("helm/keys makes no " + name);
    }
    return found;
  }

  private static List<String> keys(JsonNode secret) {
    return secret.path("data").properties().stream().map(Map.Entry::getKey).toList();
  }

  private static List<String> keys(SecretProjection secret) {
    return secret.getItems().stream().map(KeyToPath::getKey).toList();
  }

  private void write(String name, byte[] content) throws IOException {
    var file = data().resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, content);
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Path out() {
    return directory.resolve("out");
  }
}
