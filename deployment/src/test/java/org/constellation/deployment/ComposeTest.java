package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.constellation.deployment.Compose.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the files of Compose and the files beside them tell services is what they understand, and
 * nothing runs with more rights or less care than it needs. Whether the network comes up is shown
 * by {@code docker/try}.
 */
class ComposeTest {

  private static final int MANAGEMENT = 9090;

  private static final Path DOCKER = Chart.CHECKOUT.resolve("docker");

  /** All that there are. */
  static List<Compose> composes() {
    return List.of(Compose.read(Compose.NETWORK), Compose.read(Compose.ORGANISATION));
  }

  /** Where something in the network is to be found. */
  private static final Pattern PLACE =
      Pattern.compile("(?<![.\\w-])([a-z][a-z0-9-]*):([0-9]{2,5})\\b");

  private static final Pattern SECRET =
      Pattern.compile("PASSWORD|TOKEN|SECRET|KEY(?!STORE_(TYPE|LOCATION))|CREDENTIAL");

  @ParameterizedTest
  @CsvSource({Compose.NETWORK + ", 4", Compose.ORGANISATION + ", 2"})
  void thereAreMembersOfTwoCommitteesAndOneOfEveryOtherService(String file, long members) {
    var count =
        Compose.read(file)
            .services()
            .collect(Collectors.groupingBy(Container::service, Collectors.counting()));
    assertThat(count)
        .isEqualTo(
            Map.of(
                "star-service", 1L,
                "cluster-consensus-service", members,
                "galaxy-service", members,
                "blackhole-ledger", 1L,
                "contract-gateway", 1L));
  }

  /** Upgrades go on to the next member when one is healthy. */
  @ParameterizedTest
  @MethodSource("composes")
  void aMemberIsHealthyWhenItsOwnHealthSaysSo(Compose compose) {
    compose
        .services()
        .filter(
            container ->
                Set.of("cluster-consensus-service", "galaxy-service").contains(container.service()))
        .forEach(
            member ->
                assertThat(member.environment())
                    .as(member.name())
                    .containsEntry(
                        "MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE",
                        "readinessState,membersHealth"));
  }

  @ParameterizedTest
  @MethodSource("composes")
  void everyVariableIsAPropertyThatTheServiceHas(Compose compose) {
    compose
        .services()
        .forEach(
            container -> {
              assertThat(container.environment()).as(container.name()).isNotEmpty();
              for (var variable : container.environment().keySet()) {
                assertThat(Variables.isKnown(container.service(), variable))
                    .as("%s of %s", variable, container.name())
                    .isTrue();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("composes")
  void whatAServiceCannotStartWithoutIsTold(Compose compose) {
    compose
        .services()
        .filter(container -> !container.service().equals("contract-gateway"))
        .forEach(
            container ->
                assertThat(Variables.missing(container.service(), container.environment()))
                    .as(container.name())
                    .isEmpty());
  }

  /** A file is found where a volume is, and it is given by that name. */
  @ParameterizedTest
  @MethodSource("composes")
  void filesThatServicesAreToldOfAreMounted(Compose compose) throws IOException {
    var given =
        Files.readString(DOCKER.resolve("provision"))
            + Files.readString(DOCKER.resolve("certificates"));
    for (var container : compose.services().toList()) {
      var mounts =
          container.list("volumes").stream().map(volume -> volume.split(":", -1)[1]).toList();
      var files =
          container.environment().values().stream()
              .flatMap(value -> Stream.of(value.split(",\\s*", -1)))
              .map(value -> value.replaceFirst("^(optional:)?(configtree|file):", ""))
              .filter(value -> value.startsWith("/"))
              .toList();
      assertThat(files).as(container.name()).isNotEmpty();
      for (var file : files) {
        assertThat(mounts).as(container.name()).anyMatch(mount -> file.startsWith(mount + "/"));
        assertThat(given).contains(Path.of(file).getFileName().toString());
      }
    }
  }

  /** Files that are named after the property whose value they hold, and lines of such a file. */
  @Test
  void everyFileOfAPropertyIsOneThatAServiceHas() throws IOException {
    var properties =
        words(
            Files.readString(DOCKER.resolve("provision")),
            "(?m)(?: config/|^(?=\\S+=/))([a-z-]+(?:[.][a-z-]+)+)");
    assertThat(properties)
        .contains("spring.datasource.password", "constellation.star.treasury-key-file");
    assertThat(properties)
        .allSatisfy(
            name ->
                assertThat(
                        Variables.isOfAny(
                            name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT)))
                    .as(name)
                    .isTrue());
  }

  /** Addresses in the environment, in the front door's configuration and in Prometheus's. */
  @ParameterizedTest
  @MethodSource("composes")
  void whoeverIsAskedListensThere(Compose compose) throws IOException {
    var told = new ArrayList<String>();
    for (var container : compose.containers().values()) {
      told.addAll(container.environment().values());
    }
    told.add(Files.readString(frontDoor(compose)));
    told.add(Files.readString(prometheus(compose)));
    var asked = new TreeSet<String>();
    for (var text : told) {
      for (var found : PLACE.matcher(text).results().toList()) {
        if (compose.containers().containsKey(found.group(1))) {
          asked.add(found.group());
        }
      }
    }
    assertThat(asked).contains("kafka:9092", "postgres:5432", "galaxy-2:8083", "galaxy-2:9090");
    for (var place : asked) {
      var parts = place.split(":", -1);
      assertThat(listens(compose, parts[0])).as(place).contains(Integer.valueOf(parts[1]));
    }
  }

  @ParameterizedTest
  @MethodSource("composes")
  void theFrontDoorKnowsEveryServer(Compose compose) throws IOException {
    var upstreams =
        Sources.read(frontDoor(compose)).path("constellation").path("gateway").path("upstreams");
    var servers = new TreeMap<String, String>();
    for (var service : upstreams.properties()) {
      for (var server : service.getValue()) {
        servers.put(server.path("name").asText(), service.getKey());
        assertThat(URI.create(server.path("address").asText()))
            .hasHost(server.path("name").asText());
        assertThat(URI.create(server.path("management").asText()))
            .hasHost(server.path("name").asText())
            .hasPort(MANAGEMENT);
      }
    }
    var expected = new TreeMap<String, String>();
    compose
        .services()
        .filter(container -> !container.service().equals("contract-gateway"))
        .forEach(container -> expected.put(container.name(), container.service()));
    assertThat(servers).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("composes")
  void prometheusAsksEveryServiceUnderItsNameAndNobodyElse(Compose compose) throws IOException {
    var targets = new TreeMap<String, String>();
    for (var job : Sources.read(prometheus(compose)).path("scrape_configs")) {
      for (var group : job.path("static_configs")) {
        for (var target : group.path("targets")) {
          // What has no label is called like its host.
          var host = target.asText().replaceFirst(":.*", "");
          targets.put(target.asText(), group.path("labels").path("service").asText(host));
        }
      }
    }
    var expected = new TreeMap<String, String>();
    compose
        .services()
        .forEach(
            container -> expected.put(container.name() + ":" + MANAGEMENT, container.service()));
    assertThat(targets).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("composes")
  void whatRunsIsWatchedLimitedAndNobodySpecial(Compose compose) throws IOException {
    var dockerfile = Files.readString(DOCKER.resolve("Dockerfile"));
    assertThat(dockerfile).contains("\nHEALTHCHECK ");
    assertThat(lastUser(dockerfile)).matches("[1-9][0-9]*(:[1-9][0-9]*)?");
    for (var container : compose.containers().values()) {
      var name = container.name();
      assertThat(container.text("mem_limit")).as("memory of %s", name).matches("[0-9]+[mg]");
      assertThat(container.text("pids_limit")).as("processes of %s", name).matches("[0-9]+");
      assertThat(container.list("cap_drop")).as("rights of %s", name).contains("ALL");
      assertThat(container.list("security_opt"))
          .as("rights of %s", name)
          .contains("no-new-privileges:true");
      assertThat(container.content().get("privileged")).as(name).isNull();
      assertThat(container.map("logging").toString()).as("log of %s", name).contains("max-size");
      if (container.service().isEmpty()) {
        assertThat(container.text("user")).as("user of %s", name).matches("[1-9][0-9]*:[0-9]+");
      } else {
        assertThat(container.text("user")).as("user of %s", name).isEmpty();
        assertThat(container.content().get("read_only")).as(name).isEqualTo(true);
      }
    }
    assertThat(compose.running().count()).isGreaterThan(8);
    compose
        .running()
        .forEach(
            container -> {
              var test = container.map("healthcheck").get("test");
              assertThat(container.service().isEmpty() ? test : "the image's")
                  .as("health of %s", container.name())
                  .isNotNull();
            });
  }

  @ParameterizedTest
  @MethodSource("composes")
  void everyImageHasAVersion(Compose compose) throws IOException {
    var images = new TreeSet<String>();
    compose.containers().values().forEach(container -> images.add(container.image()));
    for (var line : Files.readAllLines(DOCKER.resolve("Dockerfile"))) {
      if (line.matches("ARG [A-Z]+_IMAGE=.*")) {
        images.add(line.substring(line.indexOf('=') + 1));
      }
    }
    assertThat(images).hasSizeGreaterThan(7);
    assertThat(images).allSatisfy(image -> assertThat(image).matches("[a-z./-]+:v?[0-9].*"));
  }

  /** Secrets are files that whoever needs them is told of. */
  @ParameterizedTest
  @MethodSource("composes")
  void noSecretStandsInAFile(Compose compose) {
    for (var container : compose.containers().values()) {
      container
          .environment()
          .forEach(
              (name, value) -> {
                if (SECRET.matcher(name).find()) {
                  assertThat(name).as(container.name()).endsWith("FILE");
                  assertThat(value).as(name).startsWith("/");
                }
                assertThat(value).as(name).doesNotContainPattern("://[^/]*:[^/]*@");
              });
    }
  }

  /** Of all that configures anything: no key, no token, no password. */
  @Test
  void noSecretStandsInConfiguration() {
    assertThat(Texts.configuration())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            file ->
                assertThat(Texts.read(file))
                    .as(file.toString())
                    .doesNotContainPattern("[0-9a-f]{64}")
                    .doesNotContainPattern("(?<![\\w+/])[A-Za-z0-9+/]{43}=(?!\\w)")
                    .doesNotContainPattern("\\bcst_[\\w-]{20}")
                    .doesNotContainPattern("-----BEGIN [A-Z ]*PRIVATE KEY")
                    .doesNotContainPattern("://[^/\\s]*:[^/\\s]*@")
                    .doesNotContainPattern(
                        "(?im)^[\\s-]*[\\w.-]*password *[:=] *[\"']?[^\"'\\s${\\[/]"));
  }

  @ParameterizedTest
  @MethodSource("composes")
  void everyVolumeIsNamedAndUsed(Compose compose) {
    var used = new TreeSet<String>();
    for (var container : compose.containers().values()) {
      for (var volume : container.list("volumes")) {
        if (!volume.startsWith(".")) {
          used.add(volume.replaceFirst(":.*", ""));
        }
      }
    }
    assertThat(used).isEqualTo(compose.volumes());
  }

  @ParameterizedTest
  @MethodSource("composes")
  void filesThatAreMountedAreThere(Compose compose) {
    assertThat(compose.containers().values().stream().flatMap(one -> one.given().stream()))
        .hasSizeGreaterThan(1)
        .allSatisfy(file -> assertThat(file).exists());
  }

  /** What pages say to set is what there is, and the other way round. */
  @ParameterizedTest
  @MethodSource("composes")
  void pagesNameTheVariablesThatThereAre(Compose compose) throws IOException {
    var page = Files.readString(Chart.CHECKOUT.resolve("docs/deployment.md"));
    var begin =
        page.indexOf(
            compose.name().equals(Compose.ORGANISATION) ? "### With Compose" : "## Compose");
    assertThat(begin).isNotNegative();
    var end = page.indexOf("\n## ", begin + 1);
    var part = end < 0 ? page.substring(begin) : page.substring(begin, end);
    assertThat(words(part, "`([A-Z]+(?:_[A-Z0-9]+)+)`"))
        .containsAll(compose.variables())
        .allSatisfy(
            name ->
                assertThat(
                        compose.variables().contains(name)
                            || isOfScript(name)
                            || Variables.isOfAny(name))
                    .as(name)
                    .isTrue());
    assertThat(compose.published())
        .containsAll(
            words(part, "(?:localhost|127\\.0\\.0\\.1):([0-9]+)").stream()
                .map(Integer::valueOf)
                .toList());
  }

  private static boolean isOfScript(String variable) {
    try {
      for (var file : files()) {
        if (Files.readString(file).contains(variable)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> words(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> files() throws IOException {
    try (var walk = Files.walk(DOCKER)) {
      var files = new ArrayList<>(walk.filter(Files::isRegularFile).toList());
      files.add(Chart.CHECKOUT.resolve(Compose.NETWORK));
      files.add(Chart.CHECKOUT.resolve(Compose.ORGANISATION));
      return files;
    }
  }

  /** What tells the front door where the others are: it is mounted under another name. */
  private static Path frontDoor(Compose compose) {
    var door = Objects.requireNonNull(compose.containers().get("contract-gateway"));
    return door.given().getFirst();
  }

  /** What Prometheus is told, which is mounted before its rules. */
  private static Path prometheus(Compose compose) {
    var told = Objects.requireNonNull(compose.containers().get("prometheus")).given().getFirst();
    assertThat(told.getFileName().toString()).startsWith("prometheus");
    return told;
  }

  private static String lastUser(String dockerfile) {
    return dockerfile
        .lines()
        .filter(line -> line.startsWith("USER "))
        .map(line -> line.substring("USER ".length()).strip())
        .reduce("", (_, last) -> last);
  }

  /** Ports on which the container {@code name} listens, by what it is told or by its image. */
  private static Set<Integer> listens(Compose compose, String name) {
    var container = Objects.requireNonNull(compose.containers().get(name), name);
    if (container.isService()) {
      assertThat(container.environment())
          .containsEntry("MANAGEMENT_SERVER_PORT", String.valueOf(MANAGEMENT))
          .doesNotContainKey("SERVER_PORT");
      var own = Sources.configuration(container.service()).path("server").path("port").asInt();
      return Set.of(own, MANAGEMENT);
    }
    return switch (name) {
      case "kafka" ->
          words(container.environment().getOrDefault("KAFKA_LISTENERS", ""), ":([0-9]+)").stream()
              .map(Integer::valueOf)
              .collect(Collectors.toSet());
      case "postgres" -> Set.of(5432);
      case "prometheus" -> Set.of(9090);
      default -> Set.of();
    };
  }
}
