package org.constellation.local.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    directory.saveTargets(
        List.of(ScrapeTarget.of("galaxy-2", 7), ScrapeTarget.of("star-service", 8)));
    assertThat(directory.root().resolve("prometheus.json"))
        .content()
        .contains("\"targets\":[\"127.0.0.1:7\"]")
        .contains("\"instance\":\"galaxy-2\"", "\"service\":\"galaxy-service\"")
        .contains("\"service\":\"star-service\"");
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
