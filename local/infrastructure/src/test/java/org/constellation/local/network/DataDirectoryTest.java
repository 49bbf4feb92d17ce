package org.constellation.local.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  private static final Shape FOUR = new Shape(4, 4, false);

  @TempDir private Path temporary;

  @Test
  void remembersTheShapeAndThePortsOfItsNetwork() throws IOException {
    var directory = new DataDirectory(temporary.resolve("new"));

    directory.claim(FOUR);
    directory.saveEndpoints(Map.of("database", 5432));

    assertThat(directory.shape()).contains(FOUR);
    assertThat(directory.endpoints()).containsExactly(Map.entry("database", 5432));
  }

  @Test
  void refusesOtherCommitteesThanTheNetworkWasMadeWith() throws IOException {
    var directory = new DataDirectory(temporary.resolve("new"));
    directory.claim(FOUR);

    assertThatThrownBy(() -> directory.claim(new Shape(7, 4, false)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--fresh");
  }

  @Test
  void spreadsTheSameNetworkOverMoreProcesses() throws IOException {
    var directory = new DataDirectory(temporary.resolve("new"));
    directory.claim(FOUR);

    directory.claim(new Shape(4, 4, true));

    assertThat(directory.shape()).contains(new Shape(4, 4, true));
  }

  @Test
  void neitherTakesNorDeletesADirectoryThatIsSomebodyElses() throws IOException {
    var letter = Files.writeString(temporary.resolve("letter"), "dear");
    var directory = new DataDirectory(temporary);

    assertThatThrownBy(() -> directory.claim(FOUR)).isInstanceOf(IOException.class);
    assertThatThrownBy(directory::clear).isInstanceOf(IOException.class);
    assertThat(letter).hasContent("dear");
  }

  @Test
  void deletesItsNetworkWhenAskedTo() throws IOException {
    var directory = new DataDirectory(temporary.resolve("new"));
    directory.claim(FOUR);
    Files.createDirectories(directory.postgres().resolve("base"));

    directory.clear();

    assertThat(directory.shape()).isEmpty();
    assertThat(directory.postgres()).doesNotExist();
  }
}
