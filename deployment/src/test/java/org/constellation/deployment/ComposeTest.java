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
import org.constellation.deployment.Compose.Container;
import org.junit.jupiter.api.Test;

/**
 * What {@code docker-compose.yml} and the files beside it tell services is what they understand,
 * and nothing runs with more rights or less care than it needs. Whether the network comes up is
 * shown by {@code docker/try}.
 */
class ComposeTest {

  private static final int MANAGEMENT = 9090;

  private static final Path DOCKER = Chart.CHECKOUT.resolve("docker");

  private static final Compose COMPOSE = Compose.read();

  /** Where something in the network is to be found. */
  private static final Pattern PLACE =
      Pattern.compile("(?<![.\\w-])([a-z][a-z0-9-]*):([0-9]{2,5})\\b");

  private static final Pattern SECRET = Pattern.compile("PASSWORD|TOKEN|SECRET|KEY|CREDENTIAL");

  @Test
  void thereAreTwoCommitteesAndOneOfEveryOtherService() {
    var count =
        COMPOSE
            .services()
            .collect(Collectors.groupingBy(Container::service, Collectors.counting()));
    assertThat(count)
        .isEqualTo(
            Map.of(
                "star-service", 1L,
                "cluster-consensus-service", 4L,
                "galaxy-service", 4L,
                "blackhole-ledger", 1L,
                "contract-gateway", 1L));
  }

  @Test
  void everyVariableIsAPropertyThatTheServiceHas() {
    COMPOSE
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

  @Test
  void whatAServiceCannotStartWithoutIsTold() {
    COMPOSE
        .services()
        .filter(container -> !container.service().equals("contract-gateway"))
        .forEach(
            container ->
                assertThat(Variables.missing(container.service(), container.environment()))
                    .as(container.name())
                    .isEmpty());
  }

  /** A file is found where a volume is, and it is given by that name. */
  @Test
  void filesThatServicesAreToldOfAreMounted() throws IOException {
    var given = Files.readString(DOCKER.resolve("provision"));
    for (var container : COMPOSE.services().toList()) {
      var mounts =
          container.list("volumes").stream().map(volume -> volume.split(":", -1)[1]).toList();
      var files =
          container.environment().values().stream()
              .map(value -> value.replaceFirst("^configtree:", ""))
              .filter(value -> value.startsWith("/"))
              .toList();
      assertThat(files).as(container.name()).isNotEmpty();
      for (var file : files) {
        assertThat(mounts).as(container.name()).anyMatch(mount -> file.startsWith(mount + "/"));
        assertThat(given).contains(Path.of(file).getFileName().toString());
      }
    }
  }

  /** Files that are named after the property whose value they hold. */
  @Test
  void everyFileOfAPropertyIsOneThatAServiceHas() throws IOException {
    var properties =
        words(Files.readString(DOCKER.resolve("provision")), " config/([a-z-]+(?:[.][a-z-]+)+)");
    assertThat(properties).contains("spring.datasource.password");
    assertThat(properties)
        .allSatisfy(
            name ->
                assertThat(
                        isOfAny(name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT)))
                    .as(name)
                    .isTrue());
  }

  /** Addresses in the environment, in the front door's configuration and in Prometheus's. */
  @Test
  void whoeverIsAskedListensThere() throws IOException {
    var told = new ArrayList<String>();
    for (var container : COMPOSE.containers().values()) {
      told.addAll(container.environment().values());
    }
    for (var file : List.of("contract-gateway.yml", "prometheus.yml")) {
      told.add(Files.readString(DOCKER.resolve(file)));
    }
    var asked = new TreeSet<String>();
    for (var text : told) {
      for (var found : PLACE.matcher(text).results().toList()) {
        if (COMPOSE.containers().containsKey(found.group(1))) {
          asked.add(found.group());
        }
      }
    }
    assertThat(asked).contains("kafka:9092", "postgres:5432", "galaxy-4:8083", "galaxy-4:9090");
    for (var place : asked) {
      var parts = place.split(":", -1);
      assertThat(listens(parts[0])).as(place).contains(Integer.valueOf(parts[1]));
    }
  }

  @Test
  void theFrontDoorKnowsEveryServer() throws IOException {
    var upstreams =
        Sources.read(DOCKER.resolve("contract-gateway.yml"))
            .path("constellation")
            .path("gateway")
            .path("upstreams");
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
    COMPOSE
        .services()
        .filter(container -> !container.service().equals("contract-gateway"))
        .forEach(container -> expected.put(container.name(), container.service()));
    assertThat(servers).isEqualTo(expected);
  }

  @Test
  void prometheusAsksEveryServiceUnderItsName() throws IOException {
    var targets = new TreeMap<String, String>();
    for (var job : Sources.read(DOCKER.resolve("prometheus.yml")).path("scrape_configs")) {
      for (var group : job.path("static_configs")) {
        for (var target : group.path("targets")) {
          // What has no label is called like its host.
          var host = target.asText().replaceFirst(":.*", "");
          targets.put(target.asText(), group.path("labels").path("service").asText(host));
        }
      }
    }
    var expected = new TreeMap<String, String>();
    COMPOSE
        .services()
        .forEach(
            container -> expected.put(container.name() + ":" + MANAGEMENT, container.service()));
    assertThat(targets).containsAllEntriesOf(expected);
  }

  @Test
  void whatRunsIsWatchedLimitedAndNobodySpecial() throws IOException {
    var dockerfile = Files.readString(DOCKER.resolve("Dockerfile"));
    assertThat(dockerfile).contains("\nHEALTHCHECK ");
    assertThat(lastUser(dockerfile)).matches("[1-9][0-9]*(:[1-9][0-9]*)?");
    for (var container : COMPOSE.containers().values()) {
      var name = container.name();
      assertThat(container.text("mem_limit")).as("memory of %s", name).matches("[0-9]+[mg]");
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
    assertThat(COMPOSE.running().count()).isGreaterThan(10);
    COMPOSE
        .running()
        .forEach(
            container -> {
              var test = container.map("healthcheck").get("test");
              assertThat(container.service().isEmpty() ? test : "the image's")
                  .as("health of %s", container.name())
                  .isNotNull();
            });
  }

  @Test
  void everyImageHasAVersion() throws IOException {
    var images = new TreeSet<String>();
    COMPOSE.containers().values().forEach(container -> images.add(container.image()));
    for (var line : Files.readAllLines(DOCKER.resolve("Dockerfile"))) {
      if (line.matches("ARG [A-Z]+_IMAGE=.*")) {
        images.add(line.substring(line.indexOf('=') + 1));
      }
    }
    assertThat(images).hasSizeGreaterThan(8);
    assertThat(images).allSatisfy(image -> assertThat(image).matches("[a-z./-]+:v?[0-9].*"));
  }

  /** Secrets are files that whoever needs them is told of. */
  @Test
  void noSecretStandsInAFile() throws IOException {
    for (var container : COMPOSE.containers().values()) {
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
    for (var file : files()) {
      assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern("[0-9a-f]{64}");
    }
  }

  @Test
  void everyVolumeIsNamedAndUsed() {
    var used = new TreeSet<String>();
    for (var container : COMPOSE.containers().values()) {
      for (var volume : container.list("volumes")) {
        if (!volume.startsWith(".")) {
          used.add(volume.replaceFirst(":.*", ""));
        }
      }
    }
    assertThat(used).isEqualTo(COMPOSE.volumes());
  }

  @Test
  void filesThatAreMountedAreThere() {
    for (var container : COMPOSE.containers().values()) {
      for (var volume : container.list("volumes")) {
        // What is watched comes with monitoring/, a directory that an empty one can stand for.
        if (volume.startsWith("./docker/")) {
          assertThat(Chart.CHECKOUT.resolve(volume.replaceFirst(":.*", ""))).exists();
        }
      }
    }
  }

  /** What pages say to set is what there is, and the other way round. */
  @Test
  void pagesNameTheVariablesThatThereAre() throws IOException {
    var page = Files.readString(Chart.CHECKOUT.resolve("docs/deployment.md"));
    var begin = page.indexOf("## Compose");
    assertThat(begin).isNotNegative();
    var end = page.indexOf("\n## ", begin + 1);
    var part = end < 0 ? page.substring(begin) : page.substring(begin, end);
    assertThat(words(part, "`([A-Z]+(?:_[A-Z0-9]+)+)`"))
        .containsAll(COMPOSE.variables())
        .allSatisfy(
            name ->
                assertThat(COMPOSE.variables().contains(name) || isOfScript(name) || isOfAny(name))
                    .as(name)
                    .isTrue());
    assertThat(COMPOSE.published())
        .containsAll(
            words(part, "(?:localhost|127\\.0\\.0\\.1):([0-9]+)").stream()
                .map(Integer::valueOf)
                .toList());
  }

  private static boolean isOfAny(String variable) {
    return COMPOSE
        .services()
        .anyMatch(container -> Variables.isKnown(container.service(), variable));
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
      files.add(Chart.CHECKOUT.resolve("docker-compose.yml"));
      return files;
    }
  }

  private static String lastUser(String dockerfile) {
    return dockerfile
        .lines()
        .filter(line -> line.startsWith("USER "))
        .map(line -> line.substring("USER ".length()).strip())
        .reduce("", (_, last) -> last);
  }

  /** Ports on which the container {@code name} listens, by what it is told or by its image. */
  private static Set<Integer> listens(String name) {
    var container = Objects.requireNonNull(COMPOSE.containers().get(name), name);
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
