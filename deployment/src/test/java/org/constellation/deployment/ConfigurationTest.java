package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart tells services is what they understand, and all that they need. */
class ConfigurationTest {

  @Test
  void theChartHasEveryServiceOfTheCheckout() throws IOException {
    try (var modules = Files.list(Chart.CHECKOUT)) {
      var services =
          modules
              .map(module -> module.getFileName().toString())
              .filter(
                  name ->
                      Files.exists(
                          Chart.CHECKOUT.resolve(name + "/src/main/resources/" + name + ".yml")))
              .toList();
      assertThat(services).containsExactlyInAnyOrderElementsOf(Chart.SERVICES);
    }
    for (var service : Chart.SERVICES) {
      assertThat(Chart.ofCheckout().renderSet("external").pods(service).container().getImage())
          .isEqualTo("constellation/" + service + ":" + version().replace("-SNAPSHOT", ""));
    }
  }

  /** The version of the build; images of what will become it have the same tag. */
  private static String version() throws IOException {
    var matcher =
        Pattern.compile("<artifactId>constellation</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Files.readString(Chart.CHECKOUT.resolve("pom.xml")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @ParameterizedTest
  @CsvSource({
    "star-service, tryout",
    "star-service, everything",
    "star-service, one-member",
    "cluster-consensus-service, tryout",
    "cluster-consensus-service, everything",
    "galaxy-service, tryout",
    "galaxy-service, everything",
    "galaxy-service, one-member",
    "blackhole-ledger, tryout",
    "blackhole-ledger, everything",
    "contract-gateway, tryout",
    "contract-gateway, everything"
  })
  void everyVariableIsAPropertyThatTheServiceHas(String service, String set) {
    for (var variable : variables(service, set).keySet()) {
      assertThat(Variables.isKnown(service, variable)).as(variable).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"star-service", "cluster-consensus-service", "galaxy-service", "blackhole-ledger"})
  void whatAServiceCannotStartWithoutIsTold(String service) {
    assertThat(Variables.missing(service, variables(service, "external"))).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("org.constellation.deployment.Chart#SERVICES")
  void portsAreThoseOnWhichServicesListen(String service) {
    var rendered = Chart.ofCheckout().renderSet("external");
    var port = Sources.configuration(service).path("server").path("port").asInt();
    assertThat(rendered.pods(service).container().getPorts())
        .anyMatch(one -> one.getName().equals("http") && one.getContainerPort() == port)
        .anyMatch(one -> one.getName().equals("management") && one.getContainerPort() == 9090);
    assertThat(variables(service, "external")).containsEntry("MANAGEMENT_SERVER_PORT", "9090");
    assertThat(variables(service, "external")).doesNotContainKey("SERVER_PORT");
    var headless = rendered.one(Service.class, Chart.FULL_NAME + "-" + service);
    assertThat(headless.getSpec().getPorts()).anyMatch(one -> one.getPort() == port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"star-service", "blackhole-ledger"})
  void filesThatServicesAreToldOfAreMounted(String service) {
    var pods = Chart.ofCheckout().renderSet("tryout").pods(service);
    var keys =
        pods.template().getSpec().getVolumes().stream()
            .filter(volume -> volume.getName().equals("given"))
            .flatMap(volume -> volume.getProjected().getSources().stream())
            .flatMap(source -> source.getSecret().getItems().stream())
            .map(item -> item.getPath().replaceFirst(".*/", ""))
            .collect(Collectors.toSet());
    var told =
        variables(service, "tryout").values().stream()
            .filter(value -> value.startsWith("/run/constellation/keys/"))
            .toList();
    assertThat(told).isNotEmpty();
    for (var file : told) {
      assertThat(keys).contains(file.replaceFirst(".*/", ""));
    }
  }

  @Test
  void readinessIncludesAHealthThatThereIs() {
    assertThat(Sources.beans("platform")).contains("membersHealth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tryout", "everything", "one-member"})
  void theFrontDoorFindsEveryServer(String set) throws IOException {
    var rendered = Chart.ofCheckout().renderSet(set);
    var map = rendered.one(ConfigMap.class, Chart.FULL_NAME + "-contract-gateway");
    var file = map.getData().get("contract-gateway.yml");
    assertThat(file).as("a file of the service's own name").isNotNull();
    var upstreams =
        new YAMLMapper().readTree(file).path("constellation").path("gateway").path("upstreams");
    assertThat(names(upstreams))
        .isEqualTo(
            names(
                Sources.configuration("contract-gateway")
                    .path("constellation")
                    .path("gateway")
                    .path("upstreams")));
    var hosts = hosts(rendered);
    var needed = Sources.components("contract-gateway", "GatewayProperties.java", "Server");
    assertThat(needed).contains("name", "address");
    for (var service : upstreams.properties()) {
      var port = Sources.configuration(service.getKey()).path("server").path("port").asInt();
      var workload = rendered.one(StatefulSet.class, Chart.FULL_NAME + "-" + service.getKey());
      assertThat(service.getValue()).hasSize(workload.getSpec().getReplicas());
      for (var server : service.getValue()) {
        assertThat(names(server)).containsAll(needed);
        var address = URI.create(server.path("address").asText());
        assertThat(hosts).contains(address.getHost());
        assertThat(address.getPort()).isEqualTo(port);
        assertThat(URI.create(server.path("management").asText()))
            .hasHost(address.getHost())
            .hasPort(9090);
      }
    }
    assertThat(variables("contract-gateway", set))
        .containsEntry("SPRING_CONFIG_ADDITIONALLOCATION", "file:/etc/constellation/config/");
  }

  /** Names by which pods are found: of their Service, and of each pod of a set in it. */
  private static Set<String> hosts(Rendered rendered) {
    var hosts = new TreeSet<String>();
    for (var set : rendered.all(StatefulSet.class)) {
      var service = set.getSpec().getServiceName();
      hosts.add(service);
      for (var place = 0; place < set.getSpec().getReplicas(); place++) {
        hosts.add(set.getMetadata().getName() + "-" + place + "." + service);
      }
    }
    return hosts;
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  /** Variables and what they say; a reference to a Secret says nothing here. */
  private static Map<String, String> variables(String service, String set) {
    var variables = new HashMap<String, String>();
    for (var variable : Chart.ofCheckout().renderSet(set).pods(service).container().getEnv()) {
      var isFirst =
          variables.put(variable.getName(), variable.getValue() == null ? "" : variable.getValue())
              == null;
      assertThat(isFirst).as("%s is there once", variable.getName()).isTrue();
    }
    return variables;
  }
}
