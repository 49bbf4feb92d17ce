package org.constellation.local.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesProcessTest {

  @TempDir private Path directory;

  @Test
  void tellsTheFrontDoorThePortOfEveryMember() {
    var shape = new Shape(4, 5, true);
    var ports = new HashMap<String, Integer>();
    for (var server : shape.servers()) {
      ports.put(server, 9000 + ports.size());
      ports.put(Shape.management(server), 9000 + ports.size());
    }
    var installation = new Installation(Path.of("java"), "", "", Optional.empty());

    var command =
        new ServicesProcess(installation, new DataDirectory(directory), shape, ports)
            .command(Shape.gateway(), Shape.gateway());

    assertThat(command.words())
        .contains(
            "-Dconstellation.ports.facilitator-4=" + ports.get("facilitator-4"),
            "-Dconstellation.ports.galaxy-1=" + ports.get("galaxy-1"),
            "-Dconstellation.ports.galaxy-5=" + ports.get("galaxy-5"),
            "-Dconstellation.ports.galaxy-5-management=" + ports.get("galaxy-5-management"))
        .noneMatch(word -> word.contains("ports.galaxy-service"))
        .noneMatch(word -> word.contains("ports.cluster-consensus-service"));
  }
}
