package org.constellation.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code docker/client} with an engine that only tells what it is told to. */
class DockerClientTest {

  @TempDir private Path directory;
  private Path made;
  private DataDirectory client;

  @BeforeEach
  void pretendThatANetworkRuns() throws IOException {
    made = Files.createDirectory(directory.resolve("made"));
    client = new DataDirectory(directory.resolve("client"));
    Files.createFile(made.resolve("genesis.bin"));
    Files.createDirectory(made.resolve("secrets"));
    Files.writeString(made.resolve("secrets/operator.token"), "operators\n");
    var docker = Files.createDirectory(directory.resolve("bin")).resolve("docker");
    Files.writeString(
        docker,
        """
        #!/usr/bin/env bash
        case "$*" in
          *service=provision*) echo made-it ;;
          *service=contract-gateway*) echo door ;;
          "ps "*) printf '%s\\n' contract-gateway $MEMBERS ;;
          "cp "*) [[ -e "$ROOT/${2#*:}" ]] || exit 1
            [[ "$3" != - ]] || exec tar -cf - -C "$(dirname "$ROOT/${2#*:}")" "$(basename "$2")"
            cp "$ROOT/${2#*:}" "$3" ;;
          *Health*) echo healthy ;;
          *) echo 18080 ;;
        esac
        """);
    Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void makesADirectoryOfAWholeNetwork() throws Exception {
    assertThat(
            run(
                "facilitator-1 facilitator-2 facilitator-3 facilitator-4 facilitator-5"
                    + " galaxy-1 galaxy-2 galaxy-3 galaxy-4"))
        .isZero();

    assertThat(client.shape()).contains(new Shape(5, 4, true));
    assertThat(client.isClient()).isTrue();
    assertThat(client.endpoints()).containsEntry("contract-gateway", 18_080);
    assertThat(client.root().resolve("secrets/operator.token")).hasContent("operators");
  }

  @Test
  void saysWhosePartOfANetworkItIs() throws Exception {
    Files.writeString(
        made.resolve("card.json"),
        """
        {
          "card" : 1,
          "organisation" : "umai",
          "broker" : "umai.example:9094",
          "members" : [ ]
        }
        """);

    assertThat(run("facilitator-1 facilitator-2 galaxy-1 galaxy-2")).isZero();

    assertThat(client.shape())
        .contains(new Shape(2, 2, true, new Shape.Home("umai", "umai.example:9094")));
    assertThat(client.isClient()).isTrue();
  }

  private int run(String members) throws Exception {
    var builder = new ProcessBuilder("../../docker/client", client.root().toString()).inheritIO();
    var environment = builder.environment();
    environment.put("PATH", directory.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("ROOT", directory.toString());
    environment.put("MEMBERS", members);
    return builder.start().waitFor();
  }
}
