package org.constellation.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.simulation.Fault;
import org.constellation.simulation.Tally;
import org.constellation.simulation.time.Dice;
import org.junit.jupiter.api.Test;

/** What is left after a crash of what a sync did not keep. */
class FaultyDiskTest {

  private static final int SEEDS = 20;
  private static final int BYTES = 8;

  private interface Use {
    void of(FileChannel channel) throws IOException;
  }

  /** For each seed: how long the file is after a sync that failed, that use of it and a crash. */
  private static List<Long> lengthsAfterAFailedSync(Use use) {
    return IntStream.range(0, SEEDS).mapToObj(seed -> lengthAfterAFailedSync(seed, use)).toList();
  }

  private static long lengthAfterAFailedSync(int seed, Use use) {
    var tally = new Tally();
    try (var disk = new FaultyDisk(new Dice(seed), tally)) {
      var directory = disk.directory("data");
      var file = directory.resolve("file");
      try (var channel = disk.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        disk.syncDirectory(directory);
        channel.write(ByteBuffer.allocate(BYTES), 0);
        disk.failsSyncs(true);
        assertThatThrownBy(() -> channel.force(true)).isInstanceOf(DiskFault.class);
        disk.failsSyncs(false);
        use.of(channel);
      }
      assertThat(tally.faults()).containsKey(Fault.SYNC_FAILED);
      disk.losePower();
      return length(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long length(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  @Test
  void aSyncThatFailedIsNotMadeUpForByTheNext() {
    assertThat(lengthsAfterAFailedSync(channel -> channel.force(true)))
        .anyMatch(length -> length < BYTES);
  }

  @Test
  void whatIsWrittenOnceMoreAndSyncedStays() {
    assertThat(
            lengthsAfterAFailedSync(
                channel -> {
                  channel.write(ByteBuffer.allocate(BYTES), 0);
                  channel.force(true);
                }))
        .containsOnly((long) BYTES);
  }
}
