package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.gateway.ContractGatewayApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the front door is told of the others. */
class UpstreamsTest {

  private static final String UPSTREAMS = "constellation.gateway.upstreams.";

  @TempDir private Path directory;

  private Map<String, String> settings(Map<String, String> ports) throws IOException {
    var told = new HashMap<String, String>();
    told.put("constellation.services", ContractGatewayApplication.NAME);
    told.put("constellation.data", directory.toString());
    told.put("constellation.galaxies", "5");
    ports.forEach((server, port) -> told.put("constellation.ports." + server, port));
    return new ServiceContexts(LocalSettings.of(told::get)).contexts().getFirst().settings();
  }

  private Map<String, String> upstreams(Map<String, String> ports) throws IOException {
    var upstreams = new TreeMap<>(settings(ports));
    upstreams.keySet().removeIf(property -> !property.startsWith(UPSTREAMS));
    return upstreams;
  }

  @Test
  void isToldOfEveryMemberThatIsAProcessOfItsOwn() throws Exception {
    var ports = new HashMap<String, String>();
    for (var server : List.of("star-service", "facilitator-4", "galaxy-1", "galaxy-5")) {
      ports.put(server, "1" + ports.size());
      ports.put(server + "-management", "1" + ports.size());
    }

    assertThat(upstreams(ports))
        .containsExactlyInAnyOrderEntriesOf(
            servers(
                Map.of(
                    "star-service[0]", List.of("star-service", "10", "11"),
                    "cluster-consensus-service[0]", List.of("facilitator-4", "12", "13"),
                    "galaxy-service[0]", List.of("galaxy-1", "14", "15"),
                    "galaxy-service[1]", List.of("galaxy-5", "16", "17"))));
  }

  @Test
  void isToldOfTheServiceThatHoldsAllMembers() throws Exception {
    assertThat(upstreams(Map.of("galaxy-service", "2", "galaxy-service-management", "3")))
        .containsExactlyInAnyOrderEntriesOf(
            servers(Map.of("galaxy-service[0]", List.of("galaxy-service", "2", "3"))));
  }

  /**
   * All who ask have this machine's address, and `bench` asks over more connections than a share.
   */
  @Test
  void isToldToGiveNoAddressAShareOnly() throws Exception {
    assertThat(settings(Map.of()))
        .containsEntry("constellation.gateway.connections-per-address-max", "0");
  }

  /** Name, port and management port of each. */
  private static Map<String, String> servers(Map<String, List<String>> servers) {
    var properties = new HashMap<String, String>();
    servers.forEach(
        (server, told) -> {
          properties.put(UPSTREAMS + server + ".name", told.get(0));
          properties.put(UPSTREAMS + server + ".address", "http://127.0.0.1:" + told.get(1));
          properties.put(UPSTREAMS + server + ".management", "http://127.0.0.1:" + told.get(2));
        });
    return properties;
  }
}
