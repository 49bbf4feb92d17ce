package org.constellation.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.constellation.local.client.Wallets;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Shape;
import org.constellation.local.process.ChildCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstellationTest {

  private static final String ID = "ab".repeat(32);

  @TempDir private Path directory;
  private final StringWriter said = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "down",
        "logs services",
        "start galaxy-1",
        "kill galaxy-1",
        "star new",
        "star list",
        "pay treasury alice 1",
        "balance alice",
        "tx 1234",
        "verify 1234",
        "verify --balance alice",
        "import rows.csv --from a --to b --amount w",
        "bench",
      })
  void saysThatThereIsNoNetworkBeforeAnythingElse(String command) throws IOException {
    var somewhere = directory.resolve("somewhere");

    assertThat(run(somewhere, command.split(" "))).isEqualTo(1);

    assertThat(said.toString())
        .contains("there is no network in " + somewhere + "; without --data it is looked for in ")
        .contains("`./constellation up --data " + somewhere + "` makes one");
    assertThat(somewhere).doesNotExist();
  }

  @Test
  void saysOfAPartThatHasNoProcessWhereItRuns() throws IOException {
    network(false, "launcher", "services");

    for (var command : List.of("kill", "start")) {
      assertThat(run(directory, command, "facilitator-4")).isEqualTo(1);
      assertThat(run(directory, command, "broker")).isEqualTo(1);
      assertThat(run(directory, command, "facilitator-5")).isEqualTo(1);
    }
    assertThat(run(directory, "logs", "galaxy-service")).isEqualTo(1);

    assertThat(said.toString())
        .contains("facilitator-4 has no process of its own here: it runs in services (with")
        .contains("broker has no process of its own here: it runs in launcher (with")
        .contains("no process of that name, facilitator-5; there are: launcher, services")
        .contains("galaxy-service has no log of its own here: it runs in services (with");
  }

  @Test
  void saysThatANetworkWasNeverUpOrIsNotNow() throws IOException {
    network(false);

    assertThat(run(directory, "start", "database")).isEqualTo(1);
    assertThat(said.toString()).contains("is not up, so there is no process database");

    assertThat(run(directory, "tx", ID)).isEqualTo(1);
    assertThat(said.toString()).contains("was made but never up");

    Files.writeString(directory.resolve("endpoints.json"), "{\"contract-gateway\":1}");
    assertThat(run(directory, "tx", ID)).isEqualTo(1);
    assertThat(said.toString())
        .contains("nobody listens at http://127.0.0.1:1: is the network up?");
  }

  @Test
  void saysInASentenceThatAFileIsMissing() throws IOException {
    network(false);
    var file = directory.resolve("none.csv").toString();

    assertThat(run(directory, "import", file, "--from", "a", "--to", "b", "--amount", "1"))
        .isEqualTo(1);

    assertThat(said.toString()).contains("there is no file " + file);
  }

  @Test
  void takesNoOtherTextForAnId() throws IOException {
    network(false);

    assertThat(run(directory, "verify", "abc")).isEqualTo(1);
    assertThat(run(directory, "tx", "zz".repeat(32))).isEqualTo(1);
    assertThat(run(directory, "verify", "--evidence", "12")).isEqualTo(1);

    assertThat(said.toString())
        .contains(
            "abc is no transaction's id",
            "zz is no transaction's id",
            "'12' is no place of evidence");
    assertThat(TransactionId.read("AB".repeat(32))).isEqualTo(ID);
  }

  @Test
  void takesNoOtherTextForAStar() throws IOException {
    network(false);
    Wallets.in(directory.resolve("client").resolve("wallets.json"))
        .add(List.of(new Wallets.Wallet("alice", "star1alice", "token")));

    assertThat(run(directory, "balance", "nobody")).isEqualTo(1);
    assertThat(run(directory, "pay", "alice", "noone", "1")).isEqualTo(1);

    assertThat(said.toString())
        .contains("nobody is neither a star of this user's, which `./constellation star list")
        .contains("noone is neither a star of this user's, which `./constellation star list");
  }

  private void network(boolean processes, String... names) throws IOException {
    var data = new DataDirectory(directory);
    data.claim(new Shape(4, 4, processes));
    for (var name : names) {
      data.processes()
          .record(ProcessHandle.current(), 0, new ChildCommand(name, List.of(), Map.of()));
    }
  }

  private int run(Path data, String... words) {
    var arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--data", data.toString()));
    return Constellation.commandLine()
        .setErr(new PrintWriter(said, true))
        .execute(arguments.toArray(String[]::new));
  }
}
