package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.gateway.ContractGatewayApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the front door is told of the others. */
class UpstreamsTest {

  private static final String UPSTREAMS = "constellation.gateway.upstreams.";

  @TempDir private Path directory;

  private Map<String, String> upstreams(Map<String, String> ports) throws IOException {
    var told = new HashMap<String, String>();
    told.put("constellation.services", ContractGatewayApplication.NAME);
    told.put("constellation.data", directory.toString());
    told.put("constellation.galaxies", "5");
    ports.forEach((server, port) -> told.put("constellation.ports." + server, port));
    var context = new ServiceContexts(LocalSettings.of(told::get)).contexts().getFirst();
    var upstreams = new TreeMap<>(context.settings());
    upstreams.keySet().removeIf(property -> !property.startsWith(UPSTREAMS));
    return upstreams;
  }

  @Test
  void isToldOfEveryMemberThatIsAProcessOfItsOwn() throws Exception {
    var upstreams =
        upstreams(
            Map.of(
                "star-service", "1",
                "facilitator-1", "11",
                "facilitator-4", "14",
                "galaxy-1", "21",
                "galaxy-5", "25"));

    assertThat(upstreams)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                UPSTREAMS + "star-service[0].name", "star-service",
                UPSTREAMS + "star-service[0].address", "http://127.0.0.1:1",
                UPSTREAMS + "cluster-consensus-service[0].name", "facilitator-1",
                UPSTREAMS + "cluster-consensus-service[0].address", "http://127.0.0.1:11",
                UPSTREAMS + "cluster-consensus-service[1].name", "facilitator-4",
                UPSTREAMS + "cluster-consensus-service[1].address", "http://127.0.0.1:14",
                UPSTREAMS + "galaxy-service[0].name", "galaxy-1",
                UPSTREAMS + "galaxy-service[0].address", "http://127.0.0.1:21",
                UPSTREAMS + "galaxy-service[1].name", "galaxy-5",
                UPSTREAMS + "galaxy-service[1].address", "http://127.0.0.1:25"));
  }

  @Test
  void isToldOfTheServiceThatHoldsAllMembers() throws Exception {
    assertThat(upstreams(Map.of("galaxy-service", "2")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                UPSTREAMS + "galaxy-service[0].name", "galaxy-service",
                UPSTREAMS + "galaxy-service[0].address", "http://127.0.0.1:2"));
  }
}
