package org.constellation.galaxyservice.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.constellation.platform.journal.Disk;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.wire.GalaxyCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFilesTest {

  @TempDir private Path directory;

  private BlockFiles files() throws IOException {
    return new BlockFiles(Disk.LOCAL, directory);
  }

  private static void put(BlockFiles files, GalaxyBlock block) {
    files.put(block.header().height(), block.header().hash(), GalaxyCodec.encode(block));
  }

  /** After a start at which the journal knows the newest block only. */
  private BlockFiles restarted(GalaxyBlock newest) throws IOException {
    var files = files();
    files.recall(newest.header().height(), newest.header().hash(), GalaxyCodec.encode(newest));
    files.recallOthers();
    return files;
  }

  private static List<Long> heights(BlockFiles files, long newest) {
    var heights = new ArrayList<Long>();
    for (var height = 1L; height <= newest; height++) {
      if (files.block(height).isPresent()) {
        heights.add(height);
      }
    }
    return heights;
  }

  @Test
  void hasBlocksOfBeforeTheStartForAStoreThatComesBackOlderThanItSaid() throws IOException {
    var files = files();
    for (var height = 1; height <= 4; height++) {
      put(files, EmptyBlocks.block(height, 3));
    }
    files.stored(3);

    var restarted = restarted(EmptyBlocks.block(4, 3));

    assertThat(heights(restarted, 4)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(restarted.hash(2)).contains(EmptyBlocks.block(2, 3).header().hash());
  }

  @Test
  void takesNoCopyThatIsDamagedOrAnothers() throws IOException {
    var files = files();
    for (var height = 1; height <= 5; height++) {
      put(files, EmptyBlocks.block(height, 3));
    }
    var torn = Files.readAllBytes(directory.resolve("1.block"));
    Files.write(directory.resolve("1.block"), Arrays.copyOf(torn, torn.length - 1));
    Files.copy(directory.resolve("3.block"), directory.resolve("6.block"));
    Files.delete(directory.resolve("2.block"));
    Files.copy(directory.resolve("3.block"), directory.resolve("2.block"));
    Files.writeString(directory.resolve("x.block"), "no block");

    var restarted = restarted(EmptyBlocks.block(5, 3));

    assertThat(heights(restarted, 6)).containsExactly(3L, 4L, 5L);
    try (var left = Files.list(directory)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("3.block", "4.block", "5.block");
    }
  }

  @Test
  void keepsSoManyAndNoMore() throws IOException {
    var files = files();
    for (var height = 1; height <= BlockFiles.STORED_KEPT + 3; height++) {
      put(files, EmptyBlocks.block(height, 1));
    }
    files.stored(BlockFiles.STORED_KEPT + 2);
    assertThat(files.block(2)).isEmpty();
    assertThat(files.block(3)).isPresent();

    var restarted = restarted(EmptyBlocks.block(BlockFiles.STORED_KEPT + 3, 1));
    assertThat(restarted.block(3)).isEmpty();
    assertThat(restarted.block(4)).isPresent();
  }

  /** A kernel takes for written what it could not write: to sync it once more is not enough. */
  @Test
  void writesOnceMoreWhatASyncMayHaveLost() throws IOException {
    var disk = new Refusing();
    var files = new BlockFiles(disk, directory);
    for (var height = 1; height <= 4; height++) {
      put(files, EmptyBlocks.block(height, 3));
    }
    assertThat(files.stored(1)).isEqualTo(1);
    disk.refuses = true;
    assertThat(files.stored(3)).isEqualTo(1);
    markAsWrittenLongAgo();

    disk.refuses = false;
    assertThat(files.stored(3)).isEqualTo(3);
    assertThat(writtenSince()).containsExactly("2.block", "3.block");
    assertThat(files.stored(4)).isEqualTo(4);
    assertThat(writtenSince()).containsExactly("2.block", "3.block");
    assertThat(heights(restarted(EmptyBlocks.block(4, 3)), 4)).containsExactly(1L, 2L, 3L, 4L);
  }

  /** The process before may have died alone, after a sync that failed. */
  @Test
  void writesOnceMoreWhatTheJournalStillHasAtAStart() throws IOException {
    put(files(), EmptyBlocks.block(1, 3));
    put(files(), EmptyBlocks.block(2, 3));
    markAsWrittenLongAgo();

    var restarted = restarted(EmptyBlocks.block(2, 3));
    assertThat(restarted.stored(2)).isEqualTo(2);
    assertThat(writtenSince()).containsExactly("2.block");
  }

  @Test
  void keepsAJournalFromForgettingABlockWhoseCopyIsDamaged() throws IOException {
    var files = files();
    put(files, EmptyBlocks.block(1, 3));
    put(files, EmptyBlocks.block(2, 3));
    var restarted = restarted(EmptyBlocks.block(2, 3));
    Files.write(directory.resolve("2.block"), new byte[] {1});

    assertThat(restarted.stored(2)).isEqualTo(1);
  }

  /** What stands in nobody's copies must not go from the journal, or it is nowhere. */
  @Test
  void keepsAJournalFromForgettingABlockThatHasNoCopyYet() throws IOException {
    var disk = new Refusing();
    var files = new BlockFiles(disk, directory);
    put(files, EmptyBlocks.block(1, 3));
    disk.refuses = true;
    put(files, EmptyBlocks.block(2, 3));
    disk.refuses = false;
    put(files, EmptyBlocks.block(3, 3));
    assertThat(heights(files, 3)).containsExactly(1L, 2L, 3L);

    disk.refuses = true;
    assertThat(files.stored(3)).isLessThan(2);
    disk.refuses = false;
    assertThat(files.stored(3)).isEqualTo(3);
    assertThat(heights(restarted(EmptyBlocks.block(3, 3)), 3)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void keepsInMemoryOnlySoManyBlocksThatHaveNoCopy() throws IOException {
    var disk = new Refusing();
    var files = new BlockFiles(disk, directory);
    disk.refuses = true;
    for (var height = 1; height <= BlockFiles.UNCOPIED_MAX + 1; height++) {
      put(files, EmptyBlocks.block(height, 3));
    }
    disk.refuses = false;

    assertThat(files.stored(BlockFiles.UNCOPIED_MAX + 1)).isEqualTo(BlockFiles.UNCOPIED_MAX);
    assertThat(files.block(BlockFiles.UNCOPIED_MAX)).isPresent();
    assertThat(files.block(BlockFiles.UNCOPIED_MAX + 1)).isEmpty();
  }

  /** A store may have a block that this member still waits for. */
  @Test
  void keepsAJournalFromForgettingWhatIsYetToCome() throws IOException {
    var files = files();
    put(files, EmptyBlocks.block(1, 3));

    assertThat(files.stored(2)).isEqualTo(1);
    put(files, EmptyBlocks.block(2, 3));
    assertThat(files.stored(2)).isEqualTo(2);
  }

  private void markAsWrittenLongAgo() throws IOException {
    try (var all = Files.list(directory)) {
      for (var file : all.toList()) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      }
    }
  }

  private List<String> writtenSince() throws IOException {
    var written = new TreeSet<String>();
    try (var all = Files.list(directory)) {
      for (var file : all.toList()) {
        if (Files.getLastModifiedTime(file).toMillis() > 0) {
          written.add(file.getFileName().toString());
        }
      }
    }
    return List.copyOf(written);
  }

  /** For a while its channels do not sync: they are closed. */
  private static final class Refusing implements Disk {
    private boolean refuses;

    @Override
    public void makeDirectories(Path path) throws IOException {
      Disk.LOCAL.makeDirectories(path);
    }

    @Override
    public FileChannel open(Path path, OpenOption... options) throws IOException {
      var channel = Disk.LOCAL.open(path, options);
      if (refuses) {
        channel.close();
      }
      return channel;
    }

    @Override
    public void delete(Path path) throws IOException {
      Disk.LOCAL.delete(path);
    }

    @Override
    public void syncDirectory(Path path) throws IOException {
      Disk.LOCAL.syncDirectory(path);
    }
  }
}
