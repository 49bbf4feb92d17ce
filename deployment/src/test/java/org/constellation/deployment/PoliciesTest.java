package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for everything that the chart makes, whatever the values. */
class PoliciesTest {

  private static final String PINNED = "[^\\s@]+(:(?!latest$)[\\w.-]+|@sha256:[0-9a-f]{64})";
  private static final Set<String> OF_JOBS =
      Set.of(Chart.FULL_NAME + "-topics", Chart.FULL_NAME + "-migration");
  private static final Set<String> MADE_BEFORE = Set.of("constellation-genesis");

  @Test
  void lintFindsNothing() {
    var lint = Chart.source().helm().lint().strict().quiet().call();
    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tryout", "external", "everything", "one-member"})
  void namesAreShortAndThereOnce(String set) {
    var seen = new HashSet<String>();
    for (var resource : Chart.ofCheckout().renderSet(set).resources()) {
      var name = resource.getMetadata().getName();
      assertThat(seen.add(resource.getKind() + "/" + name)).as(name).isTrue();
      assertThat(name).hasSizeLessThanOrEqualTo(63);
      assertThat(resource.getMetadata().getLabels().values())
          .allSatisfy(label -> assertThat(label).matches("[\\w.-]{1,63}"));
    }
  }

  @Test
  void aLongReleaseNameIsCutToWhatKubernetesTakes() {
    var release = "a-release-whose-name-is-as-long-as-helm-lets-it-be-53";
    var rendered = Chart.ofCheckout().render(release, Chart.values("tryout"));
    // A StatefulSet's revision, ten more characters and a dash, becomes a label's value.
    assertThat(rendered.all(StatefulSet.class))
        .allSatisfy(
            one -> assertThat(one.getMetadata().getName()).hasSizeLessThanOrEqualTo(63 - 11));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tryout", "external", "everything", "one-member"})
  void podsMayDoNothingThatTheyNeedNot(String set) {
    for (var pods : Chart.ofCheckout().renderSet(set).pods()) {
      var spec = pods.template().getSpec();
      var security = spec.getSecurityContext();
      assertThat(security.getRunAsNonRoot()).as(pods.name()).isTrue();
      assertThat(security.getRunAsUser()).as(pods.name()).isPositive();
      assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
      assertThat(spec.getAutomountServiceAccountToken()).as(pods.name()).isFalse();
      assertThat(spec.getEnableServiceLinks()).as(pods.name()).isFalse();
      assertThat(spec.getHostNetwork()).isNull();
      assertThat(spec.getHostPID()).isNull();
      assertThat(spec.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
      assertThat(pods.allContainers()).allSatisfy(PoliciesTest::isConfined);
    }
  }

  private static void isConfined(Container container) {
    var security = container.getSecurityContext();
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getPrivileged()).isNull();
    assertThat(security.getRunAsUser()).isNull();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(security.getCapabilities().getAdd()).isEmpty();
    assertThat(container.getImage()).matches(PINNED);
    var resources = container.getResources();
    assertThat(resources.getRequests()).containsKeys("cpu", "memory");
    assertThat(resources.getLimits()).containsKey("memory");
    assertThat(resources.getLimits().get("memory"))
        .isEqualTo(resources.getRequests().get("memory"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tryout", "external", "everything", "one-member"})
  void whatRunsIsProbed(String set) {
    var rendered = Chart.ofCheckout().renderSet(set);
    var lasting = new HashSet<String>();
    rendered.all(Deployment.class).forEach(one -> lasting.add(one.getMetadata().getName()));
    rendered.all(StatefulSet.class).forEach(one -> lasting.add(one.getMetadata().getName()));
    for (var pods : rendered.pods()) {
      if (lasting.contains(pods.name())) {
        var container = pods.container();
        var ports =
            container.getPorts().stream().map(port -> port.getName()).collect(Collectors.toSet());
        for (var probe :
            List.of(
                container.getStartupProbe(),
                container.getLivenessProbe(),
                container.getReadinessProbe())) {
          assertThat(asks(probe, ports)).as(pods.name()).isTrue();
        }
      }
    }
  }

  private static boolean asks(Probe probe, Set<String> ports) {
    if (probe.getHttpGet() != null) {
      return probe.getHttpGet().getPort().getStrVal().equals("management")
          && ports.contains("management");
    }
    return probe.getTcpSocket() != null
        ? ports.contains(probe.getTcpSocket().getPort().getStrVal())
        : !probe.getExec().getCommand().isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tryout", "external", "everything", "one-member"})
  void everyVolumeIsMountedAndEveryMountHasOne(String set) {
    var rendered = Chart.ofCheckout().renderSet(set);
    var maps =
        rendered.all(ConfigMap.class).stream()
            .map(map -> map.getMetadata().getName())
            .collect(Collectors.toSet());
    for (var pods : rendered.pods()) {
      var volumes = new HashSet<>(pods.claims());
      for (var volume : pods.template().getSpec().getVolumes()) {
        volumes.add(volume.getName());
        if (volume.getConfigMap() != null
            && !MADE_BEFORE.contains(volume.getConfigMap().getName())) {
          assertThat(maps).contains(volume.getConfigMap().getName());
        }
      }
      var mounted =
          pods.allContainers()
              .flatMap(container -> container.getVolumeMounts().stream())
              .map(mount -> mount.getName())
              .collect(Collectors.toSet());
      assertThat(mounted).as(pods.name()).isEqualTo(volumes);
      // The file system is read-only, and Tomcat, native libraries and Kafka's tools write there.
      assertThat(pods.container().getVolumeMounts())
          .as(pods.name())
          .anyMatch(mount -> mount.getMountPath().equals("/tmp"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tryout", "external", "everything", "one-member"})
  void selectorsFindThePodsOfOneWorkload(String set) {
    var rendered = Chart.ofCheckout().renderSet(set);
    for (var one : rendered.all(Deployment.class)) {
      assertThat(found(rendered, one.getSpec().getSelector().getMatchLabels()))
          .containsExactly(one.getMetadata().getName());
    }
    for (var one : rendered.all(StatefulSet.class)) {
      assertThat(found(rendered, one.getSpec().getSelector().getMatchLabels()))
          .containsExactly(one.getMetadata().getName());
      rendered.one(Service.class, one.getSpec().getServiceName());
    }
    for (var budget : rendered.all(PodDisruptionBudget.class)) {
      assertThat(found(rendered, budget.getSpec().getSelector().getMatchLabels()))
          .containsExactly(budget.getMetadata().getName());
    }
    for (var scaler : rendered.all(HorizontalPodAutoscaler.class)) {
      var scaled = rendered.one(Deployment.class, scaler.getSpec().getScaleTargetRef().getName());
      assertThat(scaled.getSpec().getReplicas()).as("the autoscaler's to say").isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tryout", "external", "everything", "one-member"})
  void servicesLeadToPortsThatAreThere(String set) {
    var rendered = Chart.ofCheckout().renderSet(set);
    for (var service : rendered.all(Service.class)) {
      var found = found(rendered, service.getSpec().getSelector());
      assertThat(found).as(service.getMetadata().getName()).hasSize(1);
      var ports = portNames(rendered, found.getFirst());
      for (var port : service.getSpec().getPorts()) {
        assertThat(ports).contains(port.getTargetPort().getStrVal());
      }
    }
    var door = rendered.one(Service.class, Chart.FULL_NAME);
    assertThat(door.getSpec().getPorts())
        .as("what the front door shows the world")
        .allMatch(port -> port.getTargetPort().getStrVal().equals("http"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tryout", "external", "everything", "one-member"})
  void networkPoliciesCoverEveryPodAndNamePortsThatAreThere(String set) {
    var rendered = Chart.ofCheckout().renderSet(set);
    var closed = rendered.one(NetworkPolicy.class, Chart.FULL_NAME).getSpec();
    assertThat(closed.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    assertThat(closed.getIngress()).isEmpty();
    assertThat(found(rendered, closed.getPodSelector().getMatchLabels()))
        .hasSameSizeAs(rendered.pods());
    for (var policy : rendered.all(NetworkPolicy.class)) {
      var opened = found(rendered, policy.getSpec().getPodSelector().getMatchLabels());
      // A job's is there before the job.
      if (!OF_JOBS.contains(policy.getMetadata().getName())) {
        assertThat(opened).as(policy.getMetadata().getName()).isNotEmpty();
      }
      for (var rule : policy.getSpec().getIngress()) {
        for (var port : rule.getPorts()) {
          assertThat(portNames(rendered, opened.getFirst())).contains(port.getPort().getStrVal());
        }
      }
    }
  }

  private static List<String> found(Rendered rendered, Map<String, String> selector) {
    return rendered.pods().stream()
        .filter(pods -> pods.labels().entrySet().containsAll(selector.entrySet()))
        .map(Rendered.Pods::name)
        .toList();
  }

  private static Set<String> portNames(Rendered rendered, String workload) {
    return rendered.pods().stream()
        .filter(pods -> pods.name().equals(workload))
        .flatMap(pods -> pods.container().getPorts().stream())
        .map(port -> port.getName())
        .collect(Collectors.toSet());
  }
}
