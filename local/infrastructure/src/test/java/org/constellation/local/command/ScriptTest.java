package org.constellation.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the script of the checkout in one where Java and Maven only write down what they are to do.
 */
class ScriptTest {

  private static final int INTERRUPTED = 130;

  @TempDir private Path directory;
  private Path home;
  private Path jdk;
  private Path temporary;
  private Path done;
  private Path screen;

  @BeforeEach
  void cloneOnly() throws IOException {
    home = Files.createDirectory(directory.resolve("home"));
    jdk = Files.createDirectory(directory.resolve("jdk"));
    Files.createDirectory(jdk.resolve("bin"));
    temporary = Files.createDirectory(directory.resolve("temporary"));
    done = directory.resolve("done");
    screen = directory.resolve("screen");
    Files.createFile(done);
    Files.copy(Path.of("../../constellation"), home.resolve("constellation"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    program(jdk.resolve("bin/javac"), "exit 0");
    // Stays, as `up` does, until it is told to end.
    program(
        jdk.resolve("bin/java"),
        """
        echo "java $*" >>"$DONE"
        case "$*" in *" up "*) ;; *) exit 0 ;; esac
        trap 'echo stopped >>"$DONE"; exit 0' TERM
        while :; do sleep 0.1; done
        """);
    program(home.resolve("mvnw"), "echo maven >>\"$DONE\"; exit 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "help pay", "pay --help", "-h"})
  void tellsOfEveryCommandWithoutBuilding(String words) throws Exception {
    var script = run(words.isEmpty() ? new String[0] : words.split(" "));

    assertThat(script.waitFor()).isEqualTo(words.isEmpty() ? 2 : 0);
    assertThat(done).isEmptyFile();
    var commands = new ArrayList<>(Constellation.commandLine().getSubcommands().keySet());
    assertThat(Files.readString(screen).split("[^\\w-]+"))
        .contains(commands.toArray(String[]::new));
  }

  @Test
  void takesHelpFromWhatIsBuiltHoweverOldThatIs() throws Exception {
    build();

    assertThat(run("pay", "--help").waitFor()).isZero();

    assertThat(Files.readString(done)).startsWith("java ").contains("Constellation pay --help");
  }

  @Test
  void buildsBeforeAnythingElse() throws Exception {
    build();

    assertThat(run("status").waitFor()).as("not the command's own failure").isEqualTo(3);

    assertThat(Files.readString(done)).isEqualTo("maven\n");
    assertThat(screen).content().endsWith("the build failed\n");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void leavesNothingOfABuildThatIsInterrupted() throws Exception {
    program(home.resolve("mvnw"), "echo maven >>\"$DONE\"; exec sleep 60");
    var script = run("status");
    await().until(() -> Files.readString(done).equals("maven\n"));
    assertThat(temporary).isNotEmptyDirectory();

    // As a terminal does, it and what it waits for.
    var waitedFor = script.descendants().toList();
    interrupt(script.toHandle());
    waitedFor.forEach(ScriptTest::interrupt);

    assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).isEqualTo(INTERRUPTED);
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void leavesNothingOfATrialThatIsInterrupted() throws Exception {
    build();
    Files.createFile(home.resolve(".constellation-built"));
    var script = run("up");
    await().until(() -> Files.readString(done).contains(" up "));
    assertThat(temporary).isNotEmptyDirectory();

    interrupt(script.toHandle());

    assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).isEqualTo(INTERRUPTED);
    assertThat(Files.readString(done)).endsWith("stopped\n");
    assertThat(temporary).isEmptyDirectory();
  }

  private static void interrupt(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void build() throws IOException {
    for (var module : List.of("local/infrastructure", "local/services", "simulation")) {
      var target = Files.createDirectories(home.resolve(module).resolve("target"));
      Files.writeString(target.resolve("runtime.classpath"), "libraries");
    }
    Files.createFile(home.resolve("local/infrastructure/target/local-infrastructure.jar"));
  }

  private Process run(String... words) throws IOException {
    // A shell's background jobs ignore the interrupt, and so would every process begun under one.
    var command =
        new ArrayList<>(
            List.of("env", "--default-signal=INT", home.resolve("constellation").toString()));
    command.addAll(List.of(words));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(screen.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().put("DONE", done.toString());
    builder.environment().remove("CONSTELLATION_BUILD");
    return builder.start();
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
