package org.constellation.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.constellation.local.database.PostgresServer;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.LocalNetwork;
import org.constellation.local.network.Shape;
import org.constellation.local.process.Ports;
import org.constellation.local.process.RunFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code up} as a user does, in a process of its own, with a stand-in for the services. */
class UpTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path temporary;
  private DataDirectory data;
  private Path home;
  private Path screen;

  @BeforeEach
  void pretendThatTheServicesAreBuilt() throws IOException {
    data = new DataDirectory(temporary.resolve("data"));
    home = build("home");
    screen = temporary.resolve("screen");
  }

  private Path build(String name) throws IOException {
    var place = temporary.resolve(name);
    var built = Files.createDirectories(place.resolve("local/services/target"));
    Files.createFile(built.resolve("local-services.jar"));
    Files.writeString(
        built.resolve("runtime.classpath"),
        Path.of("target", "test-classes").toAbsolutePath().toString());
    return place;
  }

  @AfterEach
  void leaveNothingBehind() throws IOException {
    assertThat(run("down").exitCode()).isZero();
  }

  @Test
  void startsEverythingAndStopsItInOrderWhenInterrupted() throws Exception {
    var up = up();
    var processes = processes();
    assertThat(processes)
        .extracting(RunFile::name)
        .containsExactlyInAnyOrder("launcher", "database", "services");
    assertThat(run("status").exitCode()).isZero();

    new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();

    assertThat(up.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(processes).allMatch(file -> file.process().isEmpty());
    assertThat(Files.readString(screen))
        .containsSubsequence("services stopped", "broker stopped", "database stopped");
    assertThat(processes()).isEmpty();
  }

  @Test
  void goesOnAfterItWasKilledAndStopsWhatWasLeft() throws Exception {
    var first = up();
    var orphans = processes();
    var ports = data.endpoints();
    first.destroyForcibly().waitFor();
    assertThat(PostgresServer.postmaster(data.postgres())).isPresent();

    up();

    assertThat(orphans).allMatch(file -> file.process().isEmpty());
    assertThat(data.endpoints()).isEqualTo(ports);
    assertThat(run("status").exitCode()).isZero();
  }

  @Test
  void isStoppedFromAnotherTerminal() throws Exception {
    var up = up();

    assertThat(run("down").exitCode()).isZero();

    assertThat(up.isAlive()).isFalse();
    assertThat(PostgresServer.postmaster(data.postgres())).isEmpty();
  }

  @Test
  void refusesASecondNetworkOnTheSameData() throws Exception {
    up();

    var second = run("up");

    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.output()).contains("already up");
  }

  @Test
  void givesEveryMemberAProcessThatCanBeKilledAndStartedAgain() throws Exception {
    up("--processes");
    assertThat(processes())
        .extracting(RunFile::name)
        .contains("broker", "database", "facilitator-4", "galaxy-1", "star-service");
    assertThat(data.root().resolve("provisioned")).exists();

    var three = List.of("galaxy-1", LocalNetwork.BROKER, LocalNetwork.DATABASE);
    var before = processes();
    assertThat(run("kill", "galaxy-1", "galaxy-9", "database").exitCode()).isEqualTo(1);
    assertThat(run("start", "galaxy-1").output()).contains("galaxy-1 runs already");
    assertThat(before).allMatch(file -> file.process().isPresent());

    assertThat(run("kill", three).output())
        .contains("galaxy-1 killed", "broker killed", "database killed");
    assertThat(before)
        .filteredOn(file -> file.process().isEmpty())
        .extracting(RunFile::name)
        .containsExactlyInAnyOrderElementsOf(three);
    assertThat(run("status").exitCode()).isEqualTo(1);

    assertThat(run("start", "galaxy-1", "launcher").exitCode()).isEqualTo(1);
    assertThat(run("start", "galaxy-1", "galaxy-2").output()).contains("galaxy-2 runs already");
    assertThat(data.processes().find("galaxy-1").flatMap(RunFile::process)).isEmpty();
    assertThat(run("start", three).output())
        .containsSubsequence(
            "database started", "broker starting", "galaxy-1 starting", "./constellation status");

    await().atMost(PATIENCE).until(() -> run("status").exitCode() == 0);
  }

  @Test
  void startsAProcessFromAnotherBuildOnlyWhenToldTo() throws Exception {
    up("--processes");
    var old = home;
    var all = List.of("broker", "galaxy-1", "galaxy-2");
    assertThat(run("kill", all).exitCode()).isZero();

    home = build("next");
    assertThat(run("start", "galaxy-1").exitCode()).isZero();
    assertThat(run("start", "--this-build", "galaxy-2", "broker").exitCode()).isZero();

    assertThat(commandOf("galaxy-1")).contains(old + "/").doesNotContain(home + "/");
    assertThat(commandOf("galaxy-2"))
        .contains(home + "/", "constellation.services=galaxy-2")
        .doesNotContain(old + "/");
    await().atMost(PATIENCE).until(() -> run("status").exitCode() == 0);
  }

  private String commandOf(String name) {
    return String.join(" ", data.processes().find(name).orElseThrow().command());
  }

  @Test
  void runsAnOrganisationsPartAndItsBrokerWhereAllLookForIt() throws Exception {
    var port = new Ports().choose();
    data.claim(new Shape(1, 1, false, new Shape.Home("umai", "127.0.0.1:" + port)));
    assertThat(run("up").output()).contains("umai has joined no network yet: `./constellation");
    Files.createFile(data.genesis());
    assertThat(run("up", "--fresh").output()).contains("--fresh would delete the keys of umai");
    assertThat(data.genesis()).exists();

    up();

    assertThat(data.endpoints()).containsEntry(LocalNetwork.BROKER, port);
    assertThat(Files.readString(data.processes().log(LocalNetwork.SERVICES)))
        .contains("listening, for umai", "broker 127.0.0.1:" + port);
    assertThat(run("status").exitCode()).isZero();
    assertThat(Files.readString(screen)).doesNotContain("treasury");
  }

  @Test
  void saysOfANetworkThatRunsElsewhereWhetherItsFrontDoorAnswers() throws Exception {
    data.claim(new Shape(4, 4, true));
    Files.createFile(data.genesis());
    Files.writeString(data.root().resolve("endpoints.json"), "{\"contract-gateway\":1}");

    var status = run("status");

    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.output())
        .contains("the front door at http://localhost:1 does not answer")
        .doesNotContain("constellation up");
  }

  @Test
  void startsNoBrokerElsewhereThanTheGenesisSays() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = "localhost:" + taken.getLocalPort();
      data.claim(new Shape(1, 1, true, new Shape.Home("umai", address)));
      Files.createFile(data.genesis());

      assertThat(run("up").output()).contains("where others look for the broker, is taken");
    }
  }

  @Test
  void saysWhichServiceEndedWhileStarting() throws Exception {
    Files.writeString(home.resolve("local/services/target/runtime.classpath"), "nowhere");

    var up = run("up");

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.output()).contains("services ended while starting");
    assertThat(processes()).isEmpty();
  }

  private Process up(String... more) throws IOException {
    var arguments = new ArrayList<>(List.of("up"));
    arguments.addAll(List.of(more));
    Files.deleteIfExists(screen);
    var up = start(arguments);
    await()
        .atMost(PATIENCE)
        .until(() -> !up.isAlive() || Files.readString(screen).contains("The network is up"));
    assertThat(up.isAlive()).as(() -> "up says: " + screen()).isTrue();
    return up;
  }

  private String screen() {
    try {
      return Files.readString(screen);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Process start(List<String> arguments) throws IOException {
    return command(arguments).redirectOutput(screen.toFile()).start();
  }

  private Finished run(String command, List<String> names) throws IOException {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(names);
    return run(arguments.toArray(String[]::new));
  }

  private Finished run(String... arguments) throws IOException {
    var output = Files.createTempFile(temporary, "command", ".out");
    var process = command(List.of(arguments)).redirectOutput(output.toFile()).start();
    var code = process.onExit().join().exitValue();
    return new Finished(code, Files.readString(output));
  }

  private ProcessBuilder command(List<String> arguments) {
    // A shell's background jobs ignore the interrupt, and so would every process begun under one.
    var words = new ArrayList<>(List.of("env", "--default-signal=INT"));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    words.add("--sun-misc-unsafe-memory-access=allow");
    words.add("-Dconstellation.home=" + home);
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(Constellation.class.getName());
    words.addAll(arguments);
    words.addAll(List.of("--data", data.root().toString()));
    if (arguments.getFirst().equals("up")) {
      words.addAll(List.of("--port", "0"));
    }
    return new ProcessBuilder(words).redirectErrorStream(true);
  }

  private List<RunFile> processes() throws IOException {
    return data.processes().all();
  }

  private record Finished(int exitCode, String output) {}
}
