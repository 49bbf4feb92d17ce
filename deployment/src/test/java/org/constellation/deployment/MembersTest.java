package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each member is one pod with its own name, keys and disk, and enough of them always stay. */
class MembersTest {

  private static final String MEMBER = "/var/lib/constellation";

  @ParameterizedTest
  @ValueSource(strings = {"cluster-consensus-service", "galaxy-service"})
  void aPodGetsTheKeysOfItsOwnMemberAlone(String service) {
    var pods = Chart.ofCheckout().renderSet("tryout").pods(service);
    var kind = service.equals("galaxy-service") ? "galaxy" : "facilitator";
    var given = volume(pods, "given").getProjected().getSources();
    for (var place = 0; place < 4; place++) {
      var secret = "constellation-" + kind + "-" + (place + 1);
      var own = pods.name() + "-" + place + "/";
      var paths =
          given.stream()
              .filter(source -> source.getSecret().getName().equals(secret))
              .flatMap(source -> source.getSecret().getItems().stream())
              .map(KeyToPath::getPath)
              .toList();
      assertThat(paths)
          .containsExactlyInAnyOrder(
              own + "operational.key",
              own + "agreement.key",
              own + "coin.share",
              own + "journal/lock",
              own + "journal/000000000001.journal");
    }
    // A directory of each pod's own, and nothing beside them that all would see.
    assertThat(given).hasSize(4);
    assertThat(given).extracting(source -> source.getSecret().getName()).doesNotHaveDuplicates();
    // Nothing but its own directory is mounted, and only where it is prepared.
    var preparing = pods.template().getSpec().getInitContainers().getFirst();
    assertThat(preparing.getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("given"))
        .extracting(VolumeMount::getSubPathExpr)
        .containsExactly("$(POD_NAME)");
    assertThat(preparing.getEnv())
        .anyMatch(
            variable ->
                variable.getName().equals("POD_NAME")
                    && variable
                        .getValueFrom()
                        .getFieldRef()
                        .getFieldPath()
                        .equals("metadata.name"));
    assertThat(preparing.getSecurityContext().getPrivileged()).isNull();
    assertThat(pods.template().getSpec().getContainers())
        .allSatisfy(
            container ->
                assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .containsExactlyInAnyOrder("tmp", "genesis", "keys", "data"));
    assertThat(pods.template().getSpec().getInitContainers()).hasSize(1);
    assertThat(volume(pods, "keys").getEmptyDir()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster-consensus-service", "galaxy-service"})
  void keysAreInMemoryAndTheJournalIsOnTheMembersDisk(String service) {
    var rendered = Chart.ofCheckout().renderSet("tryout");
    var pods = rendered.pods(service);
    assertThat(volume(pods, "keys").getEmptyDir().getMedium()).isEqualTo("Memory");
    assertThat(pods.claims()).containsExactly("data");
    assertThat(pods.container().getVolumeMounts())
        .anyMatch(mount -> mount.getName().equals("data") && mount.getMountPath().equals(MEMBER));
    assertThat(pods.container().getEnv())
        .anyMatch(
            variable ->
                variable.getName().endsWith("_MEMBERS_0")
                    && variable.getValue().equals(MEMBER + "/member"));
  }

  @Test
  void oneAfterTheOtherIsUpgradedAndOnlyWhenTheOneBeforeTakesPart() {
    for (var set : Chart.ofCheckout().renderSet("tryout").all(StatefulSet.class)) {
      var strategy = set.getSpec().getUpdateStrategy();
      if (strategy != null) {
        assertThat(strategy.getType()).isEqualTo("RollingUpdate");
        assertThat(strategy.getRollingUpdate()).as("no more than one at a time").isNull();
      }
    }
    for (var service : List.of("cluster-consensus-service", "galaxy-service")) {
      var rendered = Chart.ofCheckout().renderSet("tryout");
      var set = rendered.one(StatefulSet.class, Chart.FULL_NAME + "-" + service);
      assertThat(set.getSpec().getMinReadySeconds()).isPositive();
      // One by one, the first would wait for the others, who had not been started.
      assertThat(set.getSpec().getPodManagementPolicy()).isEqualTo("Parallel");
      assertThat(rendered.pods(service).container().getEnv())
          .anyMatch(
              variable ->
                  variable.getName().equals("MANAGEMENT_ENDPOINT_HEALTH_GROUP_READINESS_INCLUDE")
                      && variable.getValue().equals("readinessState,membersHealth"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "3, 3, 0",
    "4, 4, 1",
    "6, 6, 1",
    "7, 7, 2",
    "32, 32, 10",
    "1, 4, 1",
    "2, 7, 2"
  })
  void noMoreThanFMayBeAway(int here, int committee, int away) {
    var members = IntStream.range(0, here).mapToObj(place -> "m-" + place).toList();
    var rendered =
        Chart.ofCheckout()
            .render(
                """
                tryout: {enabled: true}
                galaxyService: {members: %s, committeeSize: %d}
                """
                    .formatted(members, committee));
    var name = Chart.FULL_NAME + "-galaxy-service";
    assertThat(rendered.one(StatefulSet.class, name).getSpec().getReplicas()).isEqualTo(here);
    var budget = rendered.one(PodDisruptionBudget.class, name).getSpec();
    assertThat(budget.getMaxUnavailable().getIntVal()).isEqualTo(away);
    assertThat(budget.getMinAvailable()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"star-service", "blackhole-ledger"})
  void whoAloneWritesItsTablesIsOnePodThatNeverRunsTwice(String service) {
    var rendered = Chart.ofCheckout().renderSet("everything");
    var set = rendered.one(StatefulSet.class, Chart.FULL_NAME + "-" + service);
    assertThat(set.getSpec().getReplicas()).isEqualTo(1);
  }

  private static Volume volume(Rendered.Pods pods, String name) {
    return pods.template().getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError("no volume " + name));
  }
}
