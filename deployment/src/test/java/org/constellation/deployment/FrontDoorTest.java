package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose address the front door takes a request's for: it limits and writes down by that. */
class FrontDoorTest {

  private static final String STRATEGY = "SERVER_FORWARDHEADERSSTRATEGY";

  @ParameterizedTest
  @CsvSource({
    "tryout, none",
    "external, none",
    "one-member, none",
    // The only one with an Ingress.
    "everything, native"
  })
  void behindTheIngressAloneItBelievesWhatItIsTold(String set, String expected) {
    assertSays(Chart.ofCheckout().renderSet(set), expected);
  }

  @Test
  void whoHasAnotherProxyBeforeItSaysSo() {
    var values =
        """
        tryout: {enabled: true}
        contractGateway: {env: [{name: %s, value: native}]}
        """
            .formatted(STRATEGY);
    assertSays(Chart.ofCheckout().render(values), "native");
  }

  private static void assertSays(Rendered rendered, String expected) {
    assertThat(rendered.pods("contract-gateway").container().getEnv())
        .filteredOn(variable -> variable.getName().equals(STRATEGY))
        .containsExactly(new EnvVar(STRATEGY, expected, null));
  }

  @Test
  void behindTheIngressNobodyReachesItButWhoIsNamed() {
    var rules =
        Chart.ofCheckout()
            .renderSet("everything")
            .one(NetworkPolicy.class, Chart.FULL_NAME + "-contract-gateway")
            .getSpec()
            .getIngress();
    assertThat(rules)
        .filteredOn(
            rule ->
                rule.getPorts().stream()
                    .anyMatch(port -> port.getPort().getStrVal().equals("http")))
        .hasSize(1)
        .allSatisfy(rule -> assertThat(rule.getFrom()).isNotEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "'', ",
    "'type: ClusterIP', ",
    "'type: LoadBalancer', Local",
    "'type: NodePort', Local",
    "'type: NodePort, externalTrafficPolicy: Cluster', Cluster"
  })
  void nodesLeaveACallersAddressAsItIs(String service, @Nullable String expected) {
    var values =
        """
        tryout: {enabled: true}
        contractGateway: {service: {%s}}
        """
            .formatted(service);
    var door = Chart.ofCheckout().render(values).one(Service.class, Chart.FULL_NAME);
    assertThat(door.getSpec().getExternalTrafficPolicy()).isEqualTo(expected);
  }
}
