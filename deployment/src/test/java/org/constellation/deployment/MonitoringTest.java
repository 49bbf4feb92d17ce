package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.RelabelConfig;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What the Prometheus operator is told. */
class MonitoringTest {

  @Test
  void everyServiceIsScrapedUnderTheLabelsThatAlertsKnow() {
    var rendered = Chart.ofCheckout().renderSet("everything");
    var monitor = rendered.one(ServiceMonitor.class, Chart.FULL_NAME).getSpec();
    var endpoint = monitor.getEndpoints().getFirst();
    assertThat(endpoint.getPort()).isEqualTo("management");
    assertThat(endpoint.getPath()).isEqualTo("/actuator/prometheus");
    assertThat(endpoint.getRelabelings())
        .extracting(RelabelConfig::getTargetLabel)
        .containsExactly("service", "instance", "job");
    var selector = monitor.getSelector().getMatchLabels();
    for (var pods : rendered.pods()) {
      if (pods.container().getPorts().stream()
          .anyMatch(port -> port.getName().equals("management"))) {
        var service = rendered.one(Service.class, pods.name()).getMetadata();
        assertThat(service.getLabels()).containsAllEntriesOf(selector);
      }
    }
  }

  @Test
  void rulesOfTheChartReachPrometheusAsTheyAre() throws IOException {
    var rules = Chart.CHECKOUT.resolve("monitoring/prometheus/rules.yml");
    assertThat(Chart.source().directory().resolve("rules.yml"))
        .as("a link, or with its content")
        .hasSameTextualContentAs(rules);
    assertThat(
            Chart.ofCheckout()
                .renderSet("everything")
                .one(PrometheusRule.class, Chart.FULL_NAME)
                .getSpec()
                .getGroups())
        .isNotEmpty()
        .hasSameSizeAs(Sources.read(rules).path("groups"));

    var chart = Chart.copy();
    Files.writeString(
        chart.directory().resolve("rules.yml"),
        """
        # What a person must know of.
        groups:
          - name: network
            rules:
              - alert: Away
                expr: up == 0
                for: 1m
                annotations:
                  summary: '{{ $labels.instance }} is away'
        """);
    var rule = chart.renderSet("everything").one(PrometheusRule.class, Chart.FULL_NAME);
    var alert = rule.getSpec().getGroups().getFirst().getRules().getFirst();
    assertThat(alert.getAlert()).isEqualTo("Away");
    assertThat(alert.getAnnotations()).containsEntry("summary", "{{ $labels.instance }} is away");
    assertThat(rule.getMetadata().getLabels()).containsEntry("release", "prometheus");
  }

  @Test
  void withoutTheOperatorNothingAsksForIt() {
    assertThat(Chart.ofCheckout().renderSet("tryout").all(ServiceMonitor.class)).isEmpty();
  }
}
