package org.constellation.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of organisations, with a stand-in that says what it was told to do. */
class MemberCommandTest {

  private static final int REFUSED = 10;

  @TempDir private Path temporary;
  private DataDirectory data;
  private Path home;

  @BeforeEach
  void pretendThatTheServicesAreBuilt() throws IOException {
    data = new DataDirectory(temporary.resolve("data"));
    home = temporary.resolve("home");
    var built = Files.createDirectories(home.resolve("local/services/target"));
    Files.createFile(built.resolve("local-services.jar"));
    Files.writeString(
        built.resolve("runtime.classpath"),
        Path.of("target", "test-classes").toAbsolutePath().toString());
  }

  @Test
  void makesKeysWithoutARunningNetwork() throws Exception {
    var made =
        run(
            "member init --organisation umai --broker umai:9092 --facilitators 1"
                + " --galaxy-members 3 --treasury",
            true);

    assertThat(made.exitCode()).isZero();
    assertThat(made.output())
        .contains(
            "constellation.services=member-init",
            "constellation.organisation=umai",
            "constellation.broker=umai:9092",
            "constellation.facilitators=1",
            "constellation.galaxies=3",
            "constellation.treasury=true",
            "constellation.data=" + data.root());
    assertThat(data.shape()).contains(new Shape(1, 3, false, new Shape.Home("umai", "umai:9092")));
  }

  @Test
  void endsWithTheCodeOfTheReason() throws Exception {
    var refused = run("member init --organisation refused --broker umai:9092", true);
    assertThat(refused.exitCode()).isEqualTo(REFUSED);
    assertThat(refused.output()).contains("CARD_INVALID: no");

    // And the words may be corrected.
    assertThat(run("member init --organisation umai --broker umai:9092", true).exitCode()).isZero();
    assertThat(data.shape().flatMap(Shape::ofOrganisation))
        .contains(new Shape.Home("umai", "umai:9092"));
  }

  @Test
  void makesNoKeysWhereALocalNetworkIs() throws Exception {
    data.claim(new Shape(4, 4, false));

    var made = run("member init --organisation umai --broker umai:9092", true);

    assertThat(made.exitCode()).isEqualTo(1);
    assertThat(made.output()).contains("holds a network already");
  }

  @Test
  void joinsWhereKeysAre() throws Exception {
    assertThat(run("member join genesis.bin shares.json", true).output())
        .contains("there are no keys of an organisation in " + data.root());

    data.claim(new Shape(2, 2, false, new Shape.Home("umai", "umai:9092")));
    assertThat(run("member join genesis.bin shares.json", true).output())
        .contains(
            "constellation.services=member-join",
            "constellation.genesis=" + Path.of("genesis.bin").toAbsolutePath(),
            "constellation.shares=" + Path.of("shares.json").toAbsolutePath());
  }

  @Test
  void assemblesWithoutADataDirectory() throws Exception {
    var out = temporary.resolve("genesis.bin");
    var made =
        run(
            "genesis assemble a.json b.json --name two --out %s --time 2026-01-31T12:00:00Z"
                    .formatted(out)
                + " --parameter open-holds-max=7 --parameter tick-millis=9",
            false);

    assertThat(made.exitCode()).isZero();
    assertThat(made.output())
        .contains(
            "constellation.services=genesis-assemble",
            "constellation.cards=%s:%s"
                .formatted(Path.of("a.json").toAbsolutePath(), Path.of("b.json").toAbsolutePath()),
            "constellation.network=two",
            "constellation.out=" + out,
            "constellation.shares=" + temporary.resolve("shares.json"),
            "constellation.time=2026-01-31T12:00:00Z",
            "constellation.parameters.open-holds-max=7",
            "constellation.parameters.tick-millis=9");
    assertThat(data.root()).doesNotExist();
  }

  @Test
  void saysWhichWordsAreMissing() throws Exception {
    assertThat(run("member init --organisation umai", true).output())
        .contains("Missing required option: '--broker=HOST:PORT'");
    assertThat(run("genesis assemble --out x", false).output()).contains("CARD");
    assertThat(run("genesis assemble a.json --out x --parameter y=1", false).output())
        .contains("open-holds-max");
  }

  private Finished run(String words, boolean withData) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.add("-Dconstellation.home=" + home);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Constellation.class.getName());
    command.addAll(List.of(words.split(" ")));
    if (withData) {
      command.addAll(List.of("--data", data.root().toString()));
    }
    var output = Files.createTempFile(temporary, "command", ".out");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    var code = process.onExit().join().exitValue();
    return new Finished(code, Files.readString(output));
  }

  private record Finished(int exitCode, String output) {}
}
