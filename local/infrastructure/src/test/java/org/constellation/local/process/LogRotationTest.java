package org.constellation.local.process;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {

  @TempDir private Path logs;

  @Test
  void turnsAFullLogOverUnderItsWritersHands() throws IOException {
    var log = logs.resolve("galaxy-1.log");
    try (var writer = Files.newOutputStream(log, CREATE, APPEND)) {
      writer.write("a long line\n".getBytes(StandardCharsets.UTF_8));

      LogRotation.turnOver(logs, 5);
      writer.write("next\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(log).hasContent("next\n");
    assertThat(logs.resolve("galaxy-1.log.1")).hasContent("a long line\n");
  }

  @Test
  void leavesAShortLogAlone() throws IOException {
    Files.writeString(logs.resolve("galaxy-1.log"), "abc");

    LogRotation.turnOver(logs, 5);

    assertThat(logs.resolve("galaxy-1.log")).hasContent("abc");
    assertThat(logs.resolve("galaxy-1.log.1")).doesNotExist();
  }
}
