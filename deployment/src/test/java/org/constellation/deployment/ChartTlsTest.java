package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * One value turns TLS on for all services and for whoever asks them. That services understand it is
 * shown by {@code ServiceTlsTest} of {@code local/services}, which starts some with it.
 */
class ChartTlsTest {

  private static final String DIRECTORY = "/etc/constellation/tls";
  private static final Pattern URL = Pattern.compile("(?m)(?:address|management): (\\S+)$");
  private static final Pattern NAMES = Pattern.compile("(?s)  dnsNames:\\n(.*?)\\n```");

  private static final Rendered ON = Chart.ofCheckout().renderSet("everything");
  private static final Rendered OFF = Chart.ofCheckout().renderSet("tryout");

  private static List<URI> asked(Rendered rendered) {
    var config =
        rendered
            .one(ConfigMap.class, Chart.FULL_NAME + "-contract-gateway")
            .getData()
            .get("contract-gateway.yml");
    return URL.matcher(config).results().map(found -> URI.create(found.group(1))).toList();
  }

  private static List<EnvVar> variables(String part) {
    var variables = new ArrayList<EnvVar>();
    for (JsonNode one : Sources.read(Chart.source().directory().resolve("tls.yaml")).path(part)) {
      variables.add(new EnvVar(one.path("name").asText(), one.path("value").asText(), null));
    }
    assertThat(variables).isNotEmpty();
    return variables;
  }

  @ParameterizedTest
  @FieldSource("org.constellation.deployment.Chart#SERVICES")
  void everyServiceShowsTheCertificateAndIsProbedBehindIt(String service) {
    var pods = ON.pods(service);
    var container = pods.container();
    assertThat(container.getEnv()).containsAll(variables("services"));
    assertThat(container.getVolumeMounts())
        .anySatisfy(
            mount -> {
              assertThat(mount.getName()).isEqualTo("tls");
              assertThat(mount.getMountPath()).isEqualTo(DIRECTORY);
              // Else what is replaced in the Secret does not come.
              assertThat(mount.getSubPath()).isNull();
            });
    assertThat(pods.template().getSpec().getVolumes())
        .anyMatch(
            volume ->
                volume.getName().equals("tls")
                    && volume.getSecret().getSecretName().equals("service-tls"));
    for (var probe :
        List.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())) {
      assertThat(probe.getHttpGet().getScheme()).isEqualTo("HTTPS");
    }

    var plain = OFF.pods(service);
    assertThat(plain.container().getEnv()).noneMatch(one -> one.getName().contains("SSL"));
    assertThat(plain.template().getSpec().getVolumes())
        .noneMatch(volume -> volume.getName().equals("tls"));
    assertThat(plain.container().getReadinessProbe().getHttpGet().getScheme()).isEqualTo("HTTP");
  }

  @Test
  void theFrontDoorAloneAsksAndBelievesTheAuthority() {
    var believes = variables("contractGateway");
    for (var service : List.of("star-service", "blackhole-ledger", "galaxy-service")) {
      assertThat(ON.pods(service).container().getEnv()).doesNotContainAnyElementsOf(believes);
    }
    assertThat(ON.pods("contract-gateway").container().getEnv()).containsAll(believes);
    assertThat(asked(ON)).hasSize(2 * (7 + 4 + 2)).allMatch(url -> url.getScheme().equals("https"));
    assertThat(asked(OFF)).isNotEmpty().allMatch(url -> url.getScheme().equals("http"));

    var door = ON.one(Service.class, Chart.FULL_NAME).getSpec().getPorts().getFirst();
    assertThat(door.getAppProtocol()).isEqualTo("https");
    assertThat(OFF.one(Service.class, Chart.FULL_NAME).getSpec().getPorts().getFirst())
        .satisfies(port -> assertThat(port.getAppProtocol()).isNull());
  }

  @Test
  void prometheusBelievesTheAuthority() {
    var endpoint =
        ON.one(ServiceMonitor.class, Chart.FULL_NAME).getSpec().getEndpoints().getFirst();
    assertThat(String.valueOf(endpoint.getScheme())).isEqualToIgnoringCase("https");
    var tls = endpoint.getTlsConfig();
    assertThat(tls.getCa().getSecret().getName()).isEqualTo("service-tls");
    assertThat(tls.getCa().getSecret().getKey()).isEqualTo("ca.crt");
    assertThat(names()).contains(tls.getServerName());
    assertThat(tls.getInsecureSkipVerify()).isNull();

    var plain =
        Chart.ofCheckout()
            .render("{tryout: {enabled: true}, monitoring: {enabled: true}}")
            .one(ServiceMonitor.class, Chart.FULL_NAME);
    assertThat(plain.getSpec().getEndpoints().getFirst().getScheme()).isNull();
  }

  /** Those of the page, for this release. */
  private static List<String> names() {
    try {
      var page = Files.readString(Chart.CHECKOUT.resolve("docs/deployment.md"));
      var found = NAMES.matcher(page);
      assertThat(found.find()).isTrue();
      return found
          .group(1)
          .lines()
          .map(line -> line.strip().replaceFirst("^- ", "").replace("\"", ""))
          .map(line -> line.replace("ours-constellation", Chart.FULL_NAME))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theCertificateOfThePageHasTheNameOfEveryServerThatIsAsked() {
    var missing = new TreeSet<String>();
    for (var url : asked(ON)) {
      var host = url.getHost();
      if (!names().contains(host) && !names().contains(host.replaceFirst("^[^.]*", "*"))) {
        missing.add(host);
      }
    }
    assertThat(missing).isEmpty();
  }
}
