package org.constellation.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.constellation.consensus.layer.JournalCut;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final Owner OWNER = new Owner(Hash.ZERO, PublicKey.of(new byte[32]));
  private static final long SMALL_FILE = 500;

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void createJournal() throws JournalUnusable {
    directory = temporary.resolve("journal");
    Journal.create(Disk.LOCAL, directory, OWNER);
  }

  @Test
  void givesBackWhatWasAppendedInOrder() throws JournalUnusable {
    var first = List.of(proposed(1), body(1, 3_000));
    var second = List.<JournalRecord>of(certified(1));
    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER).journal()) {
      assertThat(journal.append(first)).isTrue();
      assertThat(journal.append(second)).isTrue();
      assertThat(journal.syncs()).isEqualTo(2);
    }
    assertThat(reopened()).containsExactly(first.get(0), first.get(1), second.get(0));
  }

  @Test
  void isCreatedOnceAndNeverByOpening() {
    assertThatThrownBy(() -> Journal.create(Disk.LOCAL, directory, OWNER))
        .isInstanceOf(JournalUnusable.class)
        .hasMessageContaining("exists already");
    assertThatThrownBy(() -> Journal.open(Disk.LOCAL, temporary.resolve("absent"), OWNER))
        .isInstanceOf(JournalUnusable.class)
        .hasMessageContaining("created with the member's key");
  }

  @Test
  void isOpenedByOneAtATime() throws JournalUnusable {
    var journal = Journal.open(Disk.LOCAL, directory, OWNER).journal();
    assertThatThrownBy(() -> Journal.open(Disk.LOCAL, directory, OWNER))
        .hasMessageContaining("is in use");
    journal.close();
    assertThat(reopened()).isEmpty();
  }

  @Test
  void isNotOpenedForAnotherMember() {
    var other = new Owner(Hash.ZERO, PublicKey.fromHex("11".repeat(32)));
    assertThatThrownBy(() -> Journal.open(Disk.LOCAL, directory, other))
        .isInstanceOf(JournalUnusable.class)
        .hasMessageContaining("belongs to member");
  }

  @Test
  void dropsAnUnfinishedLastBatchWhereverItBreaks() throws Exception {
    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER).journal()) {
      journal.append(List.of(proposed(1)));
    }
    var kept = Files.size(file(1));
    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER).journal()) {
      journal.append(List.of(proposed(2), proposed(3)));
    }
    var whole = Files.readAllBytes(file(1));
    for (var length = (int) kept; length < whole.length; length++) {
      Files.write(file(1), Arrays.copyOf(whole, length));
      assertThat(reopened()).as("cut at %d", length).containsExactly(proposed(1));
      assertThat(Files.size(file(1))).isEqualTo(kept);
    }
  }

  @Test
  void goesOnAfterAnUnfinishedBatch() throws Exception {
    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER).journal()) {
      journal.append(List.of(proposed(1)));
      journal.append(List.of(proposed(2)));
    }
    var whole = Files.readAllBytes(file(1));
    Files.write(file(1), Arrays.copyOf(whole, whole.length - 1));
    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER).journal()) {
      journal.append(List.of(proposed(3)));
    }
    assertThat(reopened()).containsExactly(proposed(1), proposed(3));
  }

  @Test
  void refusesDamageBeforeTheLastBatchWhereverItIs() throws Exception {
    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER).journal()) {
      journal.append(List.of(proposed(1)));
      journal.append(List.of(proposed(2)));
    }
    var whole = Files.readAllBytes(file(1));
    var lastBatch = whole.length - (whole.length - JournalFormat.HEAD_BYTES) / 2;
    for (var at = 0; at < lastBatch; at++) {
      var damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file(1), damaged);
      assertThatThrownBy(() -> Journal.open(Disk.LOCAL, directory, OWNER))
          .as("damaged at %d", at)
          .isInstanceOf(JournalUnusable.class);
    }
  }

  @Test
  void goesOnInNewFilesAndForgetsOldOnes() throws Exception {
    var written = new ArrayList<JournalRecord>();
    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER, SMALL_FILE).journal()) {
      for (var round = 1; round <= 20; round++) {
        var batch = List.<JournalRecord>of(body(round, 200), certified(round));
        journal.append(batch);
        written.addAll(batch);
      }
      assertThat(journal.fileCount()).isGreaterThan(5);
    }
    assertThat(reopened()).isEqualTo(written);

    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER, SMALL_FILE).journal()) {
      var before = journal.fileCount();
      journal.cut(new JournalCut(20, 0));
      assertThat(journal.fileCount()).as("blocks are still needed").isEqualTo(before);
      journal.cut(new JournalCut(10, 10));
      assertThat(journal.fileCount()).isLessThan(before);
    }
    assertThat(reopened()).endsWith(written.getLast()).contains(certified(11), body(11, 200));
    assertThat(reopened()).doesNotContain(certified(5));
  }

  /** Else a loss of power might leave a gap: the first file back, the second gone. */
  @Test
  void deletesAFileOnlyWhenTheDiskHasForgottenTheOneBefore() throws Exception {
    var disk = new FullDisk();
    try (var journal = Journal.open(disk, directory, OWNER, SMALL_FILE).journal()) {
      for (var round = 1; round <= 20; round++) {
        journal.append(List.of(body(round, 200), certified(round)));
      }
      disk.seen().clear();
      journal.cut(new JournalCut(10, 10));
    }
    var sync = "sync " + directory.getFileName();
    assertThat(disk.seen())
        .startsWith("delete 000000000001.journal", sync, "delete 000000000002.journal", sync);
  }

  @Test
  void refusesAMissingFile() throws Exception {
    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER, SMALL_FILE).journal()) {
      for (var round = 1; round <= 9; round++) {
        journal.append(List.of(body(round, 200)));
      }
    }
    Files.delete(file(2));
    assertThatThrownBy(() -> Journal.open(Disk.LOCAL, directory, OWNER))
        .hasMessageContaining("something is missing before");
  }

  @Test
  void saysWhenTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    var disk = new FullDisk();
    try (var journal = Journal.open(disk, directory, OWNER, Journal.FILE_BYTES).journal()) {
      assertThat(journal.append(List.of(proposed(1)))).isTrue();
      disk.room(30);
      assertThat(journal.append(List.of(proposed(2)))).isFalse();
      assertThat(journal.append(List.of(proposed(2)))).isFalse();
      assertThat(journal.trouble()).hasValueSatisfying(why -> assertThat(why).contains("space"));
      disk.room(Long.MAX_VALUE);
      assertThat(journal.append(List.of(proposed(2)))).isTrue();
      assertThat(journal.trouble()).isEmpty();
      assertThat(journal.append(List.of(proposed(3)))).isTrue();
    }
    assertThat(reopened()).containsExactly(proposed(1), proposed(2), proposed(3));
  }

  @Test
  void trustsNoFileAfterAFailedSync() throws Exception {
    var disk = new FullDisk();
    try (var journal = Journal.open(disk, directory, OWNER, Journal.FILE_BYTES).journal()) {
      journal.append(List.of(proposed(1)));
      disk.syncFails(true);
      assertThat(journal.append(List.of(proposed(2)))).isFalse();
      disk.syncFails(false);
      assertThat(journal.append(List.of(proposed(2)))).isTrue();
      assertThat(journal.fileCount()).isEqualTo(2);
    }
    assertThat(reopened()).containsExactly(proposed(1), proposed(2));
  }

  /** The process before may have died alone, with what it wrote in the kernel's memory only. */
  @Test
  void writesItsLastFileOnceMoreAtItsOpening() throws Exception {
    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER, SMALL_FILE).journal()) {
      journal.append(List.of(body(1, (int) SMALL_FILE)));
      journal.append(List.of(proposed(2)));
    }
    var whole = Files.readAllBytes(file(2));
    for (var sequence : List.of(1, 2)) {
      Files.setLastModifiedTime(file(sequence), FileTime.fromMillis(0));
    }

    assertThat(reopened()).hasSize(2);
    assertThat(Files.getLastModifiedTime(file(1)).toMillis()).isZero();
    assertThat(Files.getLastModifiedTime(file(2)).toMillis()).isPositive();
    assertThat(file(2)).hasBinaryContent(whole);
  }

  /** Members say again what they find in it, without anything new to write. */
  @Test
  void answersForWhatItFoundOnlyAfterItWroteThatOnceMore() throws Exception {
    try (var journal = Journal.open(Disk.LOCAL, directory, OWNER).journal()) {
      journal.append(List.of(proposed(1)));
    }
    var disk = new FullDisk();
    disk.syncFails(true);
    try (var journal = Journal.open(disk, directory, OWNER).journal()) {
      assertThat(journal.append(List.of())).isFalse();
      assertThat(journal.trouble()).hasValueSatisfying(why -> assertThat(why).contains("error"));
      disk.syncFails(false);
      assertThat(journal.append(List.of())).isTrue();
      assertThat(journal.trouble()).isEmpty();
      assertThat(journal.syncs()).isZero();
    }
    assertThat(reopened()).containsExactly(proposed(1));
  }

  @Test
  void changesNothingPastItsDisk() throws Exception {
    var disk = new FullDisk();
    var other = temporary.resolve("other");
    Journal.create(disk, other, OWNER);
    var first = "000000000001.journal";
    assertThat(disk.seen())
        .containsExactly(
            "make other",
            "delete " + first,
            "open " + first,
            "sync " + first,
            "open lock",
            "sync other");

    disk.seen().clear();
    try (var journal = Journal.open(disk, other, OWNER, SMALL_FILE).journal()) {
      journal.append(List.of(body(1, (int) SMALL_FILE)));
      disk.room(30);
      journal.append(List.of(body(2, 1)));
      disk.room(Long.MAX_VALUE);
      journal.append(List.of(body(2, (int) SMALL_FILE)));
      journal.append(List.of(body(3, 1)));
      journal.cut(new JournalCut(1, 1));
    }
    var second = "000000000002.journal";
    var third = "000000000003.journal";
    assertThat(disk.seen())
        .containsExactly(
            "open lock",
            "open " + first,
            "open " + first, // once more
            "sync " + first,
            "sync other",
            "sync " + first,
            "delete " + second,
            "open " + second,
            "delete " + second,
            "delete " + second,
            "open " + second,
            "sync " + second,
            "sync other",
            "sync " + second,
            "delete " + third,
            "open " + third,
            "sync " + third,
            "sync other",
            "sync " + third,
            "delete " + first,
            "sync other");
  }

  private List<JournalRecord> reopened() throws JournalUnusable {
    var opened = Journal.open(Disk.LOCAL, directory, OWNER);
    opened.journal().close();
    return opened.records();
  }

  private Path file(long sequence) {
    return JournalFile.pathOf(directory, sequence);
  }

  private static JournalRecord proposed(long round) {
    return new JournalRecord.Proposed(round, Bytes.copyOf(new byte[] {1, 2, 3}));
  }

  private static JournalRecord body(long round, int size) {
    return new JournalRecord.Body(round, Hash.ZERO, Bytes.copyOf(new byte[size]));
  }

  private static JournalRecord certified(long round) {
    return new JournalRecord.Certified(round, Bytes.copyOf(new byte[] {7}));
  }
}
