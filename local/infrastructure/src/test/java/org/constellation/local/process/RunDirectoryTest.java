package org.constellation.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path data;
  private RunDirectory processes;

  @BeforeEach
  void open() {
    processes = new RunDirectory(data);
  }

  @AfterEach
  void leaveNothingBehind() throws IOException {
    RunDirectory.stop(processes.all(), SHORT);
  }

  @Test
  void findsAProcessThatAnotherRunStarted() throws IOException {
    var started = processes.start(sleeper("sleeper"), 4711);

    var found = new RunDirectory(data).find("sleeper").orElseThrow();

    assertThat(found).isEqualTo(started);
    assertThat(found.process()).isPresent();
    assertThat(found.port()).isEqualTo(4711);
  }

  @Test
  void takesNoOtherProcessForTheOneWhosePidItHas() throws IOException {
    var real = processes.start(sleeper("sleeper"), 0);

    var recycled =
        new RunFile("sleeper", real.pid(), real.startedMillis() - 60_000, 0, List.of(), Map.of());

    assertThat(recycled.process()).isEmpty();
  }

  @Test
  void killsAProcessThatDoesNotEndWhenAsked() throws IOException {
    var stubborn =
        processes.start(shell("stubborn", "trap '' TERM; echo deaf; while :; do sleep 1; done"), 0);
    Awaitility.await().until(() -> Files.readString(processes.log("stubborn")).contains("deaf"));

    RunDirectory.stop(List.of(stubborn), SHORT);

    assertThat(stubborn.process()).isEmpty();
  }

  @Test
  void keepsTheTerminalsInterruptFromItsProcesses() throws Exception {
    var child = processes.start(sleeper("sleeper"), 0);
    Awaitility.await().until(() -> command(child).contains("sleep"));

    new ProcessBuilder("kill", "-INT", Long.toString(child.pid())).start().waitFor();
    new ProcessBuilder("kill", "-HUP", Long.toString(child.pid())).start().waitFor();

    assertThat(RunDirectory.ended(child.process().orElseThrow(), SHORT)).isFalse();
  }

  @Test
  void appendsWhatAProcessSaysToItsLog() throws IOException {
    Directories.createParent(processes.log("speaker"));
    Files.writeString(processes.log("speaker"), "before\n");

    processes.start(shell("speaker", "echo hello; echo trouble >&2"), 0);

    Awaitility.await()
        .untilAsserted(
            () -> assertThat(processes.log("speaker")).hasContent("before\nhello\ntrouble\n"));
  }

  @Test
  void tellsHowAProcessEndedThatItRanToItsEnd() throws Exception {
    assertThat(processes.run(shell("failing", "exit 3"), SHORT.multipliedBy(100))).hasValue(3);
    assertThat(processes.run(sleeper("endless"), SHORT)).isEmpty();
    assertThat(processes.all()).isEmpty();
  }

  @Test
  void takesATornRunFileForNone() throws IOException {
    processes.start(sleeper("sleeper"), 0);
    Files.writeString(data.resolve("run").resolve("torn.json"), "{\"name\":\"to");

    assertThat(processes.find("torn")).isEmpty();
    assertThat(processes.all()).extracting(RunFile::name).containsExactly("sleeper");
  }

  private static String command(RunFile file) {
    return file.process().flatMap(process -> process.info().command()).orElse("");
  }

  private static ChildCommand sleeper(String name) {
    return new ChildCommand(name, List.of("sleep", "600"), Map.of());
  }

  private static ChildCommand shell(String name, String script) {
    return new ChildCommand(name, List.of("sh", "-c", script), Map.of());
  }
}
