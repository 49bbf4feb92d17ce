package org.constellation.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.journal.Owner;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
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

  /** Bytes that were never on disk are not there just because they were written once more. */
  @Test
  void whatIsWrittenOnceMoreAndNotSyncedMayBeLost() {
    assertThat(lengthsAfterAFailedSync(channel -> channel.write(ByteBuffer.allocate(BYTES), 0)))
        .anyMatch(length -> length < BYTES);
  }

  /** A part was synced; all of it was written over itself, and the sync of that failed. */
  @Test
  void ofWhatIsWrittenOverItselfOnlyWhatWasSyncedStaysForCertain() throws IOException {
    var lengths = new TreeSet<Long>();
    for (var seed = 0; seed < SEEDS; seed++) {
      try (var disk = new FaultyDisk(new Dice(seed), new Tally())) {
        var directory = disk.directory("data");
        var file = directory.resolve("file");
        try (var channel = disk.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
          disk.syncDirectory(directory);
          channel.write(ByteBuffer.allocate(BYTES), 0);
          channel.force(true);
          channel.write(ByteBuffer.allocate(BYTES), BYTES);
          channel.write(ByteBuffer.allocate(2 * BYTES), 0);
          disk.failsSyncs(true);
          assertThatThrownBy(() -> channel.force(true)).isInstanceOf(DiskFault.class);
        }
        disk.losePower();
        lengths.add(length(file));
      }
    }
    assertThat(lengths.first()).isEqualTo(BYTES);
    assertThat(lengths.last()).isGreaterThan(BYTES);
  }

  /** The same disk, on which no name of a new file gets synced if that is wished. */
  private static final class Nameless implements Disk {
    private final Disk disk;
    private boolean losesNames;

    Nameless(Disk disk) {
      this.disk = disk;
    }

    @Override
    public void makeDirectories(Path directory) throws IOException {
      disk.makeDirectories(directory);
    }

    @Override
    public FileChannel open(Path path, OpenOption... options) throws IOException {
      return disk.open(path, options);
    }

    @Override
    public void delete(Path path) throws IOException {
      disk.delete(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      if (losesNames) {
        throw DiskFault.syncFailed();
      }
      disk.syncDirectory(directory);
    }
  }

  /** Its process died between the sync of a new file and that of the directory with its name. */
  @Test
  void aJournalKeepsTheNameOfAFileThatItGoesOnIn() throws Exception {
    var owner = new Owner(Hash.ZERO, PublicKey.of(new byte[32]));
    var first = new JournalRecord.Proposed(1, Bytes.copyOf(new byte[] {1}));
    var second = new JournalRecord.Proposed(2, Bytes.copyOf(new byte[] {2}));
    for (var seed = 0; seed < SEEDS; seed++) {
      try (var disk = new FaultyDisk(new Dice(seed), new Tally())) {
        var directory = disk.directory("member").resolve("journal");
        var nameless = new Nameless(disk);
        Journal.create(nameless, directory, owner);
        var journal = Journal.open(nameless, directory, owner).journal();
        assertThat(journal.append(List.of(first))).isTrue();
        disk.failsSyncs(true);
        assertThat(journal.append(List.of(second))).isFalse();
        disk.failsSyncs(false);
        nameless.losesNames = true;
        assertThat(journal.append(List.of(second))).isFalse();
        disk.loseUser();

        var next = Journal.open(disk, directory, owner);
        assertThat(next.records()).containsExactly(first);
        assertThat(next.journal().append(List.of(second))).isTrue();
        disk.losePower();

        var last = Journal.open(disk, directory, owner);
        assertThat(last.records()).as("dice of %d", seed).containsExactly(first, second);
        last.journal().close();
      }
    }
  }
}
