package org.constellation.platform.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.junit.jupiter.api.Test;

class TopicsTest {

  private static final Path PAGE = Path.of("../docs/reference/topics.md");
  private static final Topics TOPICS = new Topics("main");

  @Test
  void namesTopicsByNetworkLayerAndPurpose() {
    assertThat(TOPICS.gossip(0).name()).isEqualTo("constellation.main.c0.gossip.v1");
    assertThat(TOPICS.consensus(Committee.GALAXY).name())
        .isEqualTo("constellation.main.galaxy.consensus.v1");
    assertThat(TOPICS.blocks().name()).isEqualTo("constellation.main.blackhole.blocks.v1");
  }

  @Test
  void hasNoNameTwice() {
    var all = TOPICS.all(List.of(3, 0, 1));
    assertThat(all).doesNotHaveDuplicates().hasSize(3 * 5 + 7);
    assertThat(all).allMatch(topic -> topic.name().matches("[a-z0-9.-]+"));
  }

  @Test
  void takesNoNetworkThatSpoilsTheNames() {
    for (var name : List.of("", "Main", "a.b", "a_b", "x".repeat(33))) {
      assertThatThrownBy(() -> new Topics(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void leavesRoomForTheLargestEnvelope() {
    assertThat(Purpose.RECORD_BYTES_MAX).isGreaterThan(Envelope.BYTES_MAX);
  }

  @Test
  void isDocumentedAsItIs() throws IOException {
    var expected = page();
    if (Boolean.getBoolean("constellation.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as("run this test with -Dconstellation.docs.write=true to write the page")
        .isEqualTo(expected);
  }

  private static String page() {
    var page = new StringBuilder();
    page.append(
        """
        # Topics

        Written by `TopicsTest` from `org.constellation.platform.topics`, the only place where topics
        are declared. Names are `constellation.<network>.<layer>.<purpose>.v1`; here for a network
        `main` with one cluster. Every record is one signed envelope of Protocol Buffers with many
        messages, at most %d bytes. Services make missing topics at start and whenever the broker has
        lost them, and have brokers keep records uncompressed (`compression.type`). Retention spares pulls;
        nothing relies on it.

        | Topic | Key | Messages | Partitions | Kept for | At most |
        | --- | --- | --- | --- | --- | --- |
        """
            .formatted(Purpose.RECORD_BYTES_MAX));
    for (var topic : TOPICS.all(List.of(0))) {
      var purpose = topic.purpose();
      page.append(
          "| `%s` | %s | %s | %d | %s | %s |%n"
              .formatted(
                  topic.name(),
                  purpose.key(),
                  purpose.messages(),
                  purpose.partitions(),
                  kept(purpose.retention()),
                  size(purpose.retainedBytes())));
    }
    return page.toString();
  }

  private static String kept(Duration retention) {
    if (retention.isNegative()) {
      return "ever";
    }
    return retention.toHours() >= 1 ? retention.toHours() + " h" : retention.toMinutes() + " min";
  }

  private static String size(long bytes) {
    return bytes < 0 ? "no limit" : bytes / 1024 / 1024 + " MiB a partition";
  }
}
