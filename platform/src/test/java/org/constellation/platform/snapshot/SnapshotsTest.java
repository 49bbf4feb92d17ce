package org.constellation.platform.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedSet;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.platform.follow.SnapshotSource;
import org.constellation.platform.follow.TestChain;
import org.constellation.platform.journal.Disk;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {

  private static final int EVERY = 3;
  private static final long ANY = Long.MAX_VALUE - 1;

  @TempDir private Path directory;

  private final TestChain chain = new TestChain("snapshots");
  private SnapshotFiles files;
  private long needed = ANY;

  @BeforeEach
  void open() throws IOException {
    files = new SnapshotFiles(Disk.LOCAL, directory);
  }

  private Snapshots snapshots(Genesis genesis, SnapshotStore store) {
    return new Snapshots(
        "test",
        null,
        genesis,
        Ed25519.best(),
        store,
        () -> needed,
        EVERY,
        new SimpleMeterRegistry(),
        new PromptLoops());
  }

  private Snapshots snapshots() {
    return snapshots(chain.genesis(), files);
  }

  private void grow(int blocks, Snapshots snapshots) {
    for (var i = 0; i < blocks; i++) {
      chain.grow(1);
      var height = Math.toIntExact(chain.state().height());
      snapshots.on(
          new FollowedBlock(
              chain.block(height), chain.encoded(height), Optional.of(chain.state())));
    }
  }

  private Path file(int height) {
    return directory.resolve(height + ".snapshot");
  }

  @Test
  void beginsAtGenesisIfThereIsNone() {
    var start = snapshots().startThrough(ANY);
    assertThat(start.height()).isZero();
    assertThat(start.state().orElseThrow().height()).isZero();
  }

  @Test
  void beginsAfterTheNewest() throws IOException {
    grow(2 * EVERY, snapshots());
    var root = chain.state().root();
    grow(1, snapshots());
    assertThat(files.heights()).containsExactly(2L * EVERY);
    var start = snapshots().startThrough(ANY);
    assertThat(start.height()).isEqualTo(2 * EVERY);
    assertThat(start.state().orElseThrow().root()).isEqualTo(root);
    assertThat(start.hash()).isEqualTo(chain.block(2 * EVERY).header().hash());
  }

  @Test
  void keepsOneThatIsNotAboveWhatIsNeeded() throws IOException {
    var snapshots = snapshots();
    needed = EVERY + 1;
    grow(3 * EVERY, snapshots);
    assertThat(files.heights()).containsExactly((long) EVERY, 2L * EVERY);
    needed = 2 * EVERY;
    grow(EVERY, snapshots);
    assertThat(files.heights()).containsExactly(2L * EVERY, 4L * EVERY);
    assertThat(snapshots().startThrough(needed).height()).isEqualTo(2 * EVERY);
  }

  /** What was cut off must not pass for the newest one from which a start can go on. */
  @Test
  void forgetsWhatItFindsAboveAndCannotKnowToBeWhole() throws IOException {
    grow(EVERY, snapshots());
    needed = EVERY + 1;
    var again = snapshots();
    assertThat(again.startThrough(needed).height()).isEqualTo(EVERY);
    Files.write(file(EVERY + 1), new byte[] {0, 0});
    grow(EVERY, again);
    assertThat(files.heights()).containsExactly((long) EVERY, 2L * EVERY);
  }

  /** Another process may be using the directory; one that may not begin must not tidy it up. */
  @Test
  void takesNothingAwayByLookingForAnOlderOne() throws IOException {
    grow(EVERY, snapshots());
    assertThat(snapshots().startThrough(0).height()).isZero();
    assertThat(files.heights()).containsExactly((long) EVERY);
  }

  @Test
  void believesNoSnapshotWithAChangedByte() throws IOException {
    grow(EVERY, snapshots());
    var bytes = Files.readAllBytes(file(EVERY));
    for (var at = 0; at < bytes.length; at++) {
      var changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(file(EVERY), changed);
      assertThat(snapshots().startThrough(ANY).height()).as("byte %d changed", at).isZero();
      assertThat(file(EVERY)).doesNotExist();
    }
    Files.write(file(EVERY), bytes);
    assertThat(snapshots().startThrough(ANY).height()).isEqualTo(EVERY);
  }

  @Test
  void believesNoSnapshotThatIsCutOffOrTooLong() throws IOException {
    grow(EVERY, snapshots());
    var bytes = Files.readAllBytes(file(EVERY));
    for (var length = 0; length < bytes.length; length += 7) {
      Files.write(file(EVERY), Arrays.copyOf(bytes, length));
      assertThat(snapshots().startThrough(ANY).height()).as("%d bytes", length).isZero();
    }
    Files.write(file(EVERY), twice(bytes));
    assertThat(snapshots().startThrough(ANY).height()).isZero();
  }

  private static byte[] twice(byte[] bytes) {
    var both = Arrays.copyOf(bytes, 2 * bytes.length);
    System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
    return both;
  }

  @Test
  void believesNoSnapshotOfAnotherNetwork() {
    grow(EVERY, snapshots());
    var other = new TestChain("another").genesis();
    assertThat(snapshots(other, files).startThrough(ANY).height()).isZero();
  }

  @Test
  void keepsTheOneBeforeWhileTheDiskIsFull() throws IOException {
    var disk = new FullStore(files);
    var snapshots = snapshots(chain.genesis(), disk);
    grow(EVERY, snapshots);
    disk.full = true;
    grow(EVERY, snapshots);
    assertThat(files.heights()).containsExactly((long) EVERY);
    disk.full = false;
    grow(EVERY, snapshots);
    assertThat(files.heights()).containsExactly(3L * EVERY);
  }

  /** Takes a part of a snapshot while it is full. */
  private static final class FullStore implements SnapshotStore {
    private final SnapshotStore store;
    private boolean full;

    private FullStore(SnapshotStore store) {
      this.store = store;
    }

    @Override
    public SortedSet<Long> heights() throws IOException {
      return store.heights();
    }

    @Override
    public Iterator<Bytes> read(long height) throws IOException {
      return store.read(height);
    }

    @Override
    public SnapshotSource.Found read(long height, int part) throws IOException {
      return store.read(height, part);
    }

    @Override
    public void write(long height, Iterator<Bytes> parts) throws IOException {
      if (full) {
        store.write(height, java.util.List.of(parts.next()).iterator());
        throw new IOException("no room");
      }
      store.write(height, parts);
    }

    @Override
    public void delete(long height) throws IOException {
      store.delete(height);
    }
  }
}
