package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs in the cluster to try it: broker and database, and who may open a star. */
class TryoutTest {

  private static final Rendered RENDERED = Chart.ofCheckout().renderSet("tryout");

  private static final EnvVar OPEN = new EnvVar("CONSTELLATION_SECURITY_OPENCUSTODY", "true", null);

  private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);

  private static final Pattern SETTINGS = Pattern.compile("\\S+server\\.properties");

  /**
   * VOLUME of the images' Dockerfiles. For each a node mounts an empty directory of the container's
   * own, unless the pod mounts something at the very same place.
   */
  private static final Map<String, List<String>> VOLUMES =
      Map.of(
          "kafka", List.of("/etc/kafka/secrets", "/var/lib/kafka/data", "/mnt/shared/config"),
          "postgresql", List.of("/var/lib/postgresql"));

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "postgresql"})
  void theImagesOwnVolumesAreNotInTheWay(String store) {
    var mounts = RENDERED.pods(store).container().getVolumeMounts();
    for (var volume : Objects.requireNonNull(VOLUMES.get(store))) {
      assertThat(mounts)
          .extracting(VolumeMount::getMountPath)
          .as(volume)
          .noneMatch(place -> isIn(volume, place) || isIn(place, volume));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka", "postgresql"})
  void dataIsOnTheClaimAndNotAtItsTopWhereFileSystemsHaveFilesOfTheirOwn(String store)
      throws IOException {
    var container = RENDERED.pods(store).container();
    var settings = new Properties();
    if (store.equals("kafka")) {
      var config = RENDERED.one(ConfigMap.class, Chart.FULL_NAME + "-kafka").getData();
      settings.load(new StringReader(Objects.requireNonNull(config.get("server.properties"))));
    } else {
      container.getEnv().stream()
          .filter(variable -> variable.getValue() != null)
          .forEach(variable -> settings.put(variable.getName(), variable.getValue()));
    }
    var data = settings.getProperty(store.equals("kafka") ? "log.dirs" : "PGDATA", "");
    assertThat(container.getVolumeMounts())
        .filteredOn(mount -> RENDERED.pods(store).claims().contains(mount.getName()))
        .hasSize(1)
        .allMatch(mount -> isIn(data, mount.getMountPath()));
  }

  @Test
  void theBrokerFindsItsSettings() {
    var container = RENDERED.pods("kafka").container();
    var place =
        container.getVolumeMounts().stream()
            .filter(mount -> mount.getName().equals("config"))
            .findAny()
            .orElseThrow()
            .getMountPath();
    assertThat(SETTINGS.matcher(container.getArgs().getFirst()).results())
        .extracting(MatchResult::group)
        .isNotEmpty()
        .containsOnly(place + "/server.properties");
  }

  @Test
  void whatItAsksOfTheClusterStandsOnThePage() throws IOException {
    var processors = BigDecimal.ZERO;
    var bytes = BigDecimal.ZERO;
    for (var pods : RENDERED.pods()) {
      var asked = pods.container().getResources().getRequests();
      var count = BigDecimal.valueOf(replicas(pods.name()));
      processors = processors.add(amount(asked, "cpu").multiply(count));
      bytes = bytes.add(amount(asked, "memory").multiply(count));
    }
    assertThat(Files.readString(Chart.CHECKOUT.resolve("docs/deployment.md")))
        .contains(
            "%s processors and %s GiB of memory"
                .formatted(
                    processors.stripTrailingZeros().toPlainString(),
                    bytes.divide(GIBIBYTE).toPlainString()));
  }

  private static BigDecimal amount(Map<String, Quantity> asked, String resource) {
    return Objects.requireNonNull(asked.get(resource)).getNumericalAmount();
  }

  private static int replicas(String workload) {
    return workload.endsWith("-contract-gateway")
        ? RENDERED.one(HorizontalPodAutoscaler.class, workload).getSpec().getMinReplicas()
        : RENDERED.one(StatefulSet.class, workload).getSpec().getReplicas();
  }

  private static boolean isIn(String place, String directory) {
    return place.startsWith(directory + "/");
  }

  @Test
  void whoHasNoLoginMayOpenAStar() {
    assertThat(RENDERED.pods("star-service").container().getEnv()).contains(OPEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"external", "everything", "one-member"})
  void elsewhereOnlyIfThatIsSaid(String set) {
    assertThat(Chart.ofCheckout().renderSet(set).pods())
        .flatExtracting(pods -> pods.container().getEnv())
        .extracting(EnvVar::getName)
        .isNotEmpty()
        .doesNotContain(OPEN.getName());
    assertThat(
            Chart.ofCheckout()
                .render(Chart.values(set), Map.of("starService.openCustody", "true"))
                .pods("star-service")
                .container()
                .getEnv())
        .contains(OPEN);
  }
}
