package org.constellation.platform.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.constellation.consensus.layer.JournalCut;
import org.constellation.consensus.layer.JournalRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member's journal: a directory with a lock and a row of append-only files, of which the last
 * one grows. A batch is written and synced as a whole before the next one begins, so only the very
 * end of the last file can be incomplete, and nothing of an incomplete batch was ever acted upon.
 * Once all records of the oldest file may be forgotten, the file is deleted.
 *
 * <p>Owned by one thread, apart from the figures.
 */
public final class Journal implements AutoCloseable {

  /** A file that has grown this large is followed by a new one. */
  static final long FILE_BYTES = 16L * 1024 * 1024;

  private static final String LOCK = "lock";
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Disk disk;
  private final Path directory;
  private final Owner owner;
  private final FileChannel lock;
  private final Deque<JournalFile> files;
  private final long fileBytes;
  // Null after a failure, until a new file could be begun.
  private @Nullable JournalFile growing;

  /** A file was deleted, and the disk has not said yet that it stays so. */
  private boolean deletes;

  private boolean isRenewed;
  private volatile @Nullable String trouble;
  private final AtomicLong syncs = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * A journal with what it held when it was opened.
   *
   * @param records in the order in which they were written
   */
  public record Opened(Journal journal, List<JournalRecord> records) {}

  private Journal(
      Disk disk,
      Path directory,
      Owner owner,
      FileChannel lock,
      Deque<JournalFile> files,
      long fileBytes) {
    this.disk = disk;
    this.directory = directory;
    this.owner = owner;
    this.lock = lock;
    this.files = files;
    this.fileBytes = fileBytes;
    this.growing = files.getLast();
  }

  /**
   * Makes an empty journal; called once in a member's life, when its key is provisioned.
   *
   * @throws JournalUnusable if there is something already
   */
  public static void create(Disk disk, Path directory, Owner owner) throws JournalUnusable {
    try {
      disk.makeDirectories(directory);
      try (var entries = Files.list(directory)) {
        if (entries.findAny().isPresent()) {
          throw new JournalUnusable(directory, "exists already");
        }
      }
      JournalFile.begin(disk, directory, owner, 1, 0, 1).close();
      disk.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
          .close();
      disk.syncDirectory(directory);
    } catch (IOException e) {
      throw new JournalUnusable(directory, "cannot be created", e);
    }
  }

  /**
   * Opens an existing journal for this process alone.
   *
   * @throws JournalUnusable if it is absent, in use, another's, or damaged anywhere but at its very
   *     end
   */
  public static Opened open(Disk disk, Path directory, Owner owner) throws JournalUnusable {
    return open(disk, directory, owner, FILE_BYTES);
  }

  static Opened open(Disk disk, Path directory, Owner owner, long fileBytes)
      throws JournalUnusable {
    if (!Files.isRegularFile(directory.resolve(LOCK))) {
      throw new JournalUnusable(directory, "there is none; it is created with the member's key");
    }
    var lock = lock(disk, directory);
    try {
      var records = new ArrayList<JournalRecord>();
      var files = new JournalReader(disk, directory, owner).read(records);
      var journal = new Journal(disk, directory, owner, lock, files, fileBytes);
      journal.renewNowOrLater();
      return new Opened(journal, List.copyOf(records));
    } catch (IOException e) {
      close(lock);
      throw new JournalUnusable(directory, "cannot be read", e);
    } catch (JournalUnusable e) {
      close(lock);
      throw e;
    }
  }

  private void renewNowOrLater() {
    try {
      renew();
    } catch (IOException e) {
      LOG.warn(
          "Journal {} is written once more before the next batch: {}", directory, e.toString());
    }
  }

  private static FileChannel lock(Disk disk, Path directory) throws JournalUnusable {
    try {
      var channel = disk.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return channel;
        }
      } catch (OverlappingFileLockException e) {
        // Held inside this very process: as bad as by another one.
      }
      channel.close();
      throw new JournalUnusable(directory, "is in use");
    } catch (IOException e) {
      throw new JournalUnusable(directory, "cannot be locked", e);
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("lock not closed", e);
    }
  }

  /**
   * Writes {@code records} as one batch and syncs them. Without any it still answers for what was
   * read at the opening, which a member says again.
   *
   * @return whether they are on disk. If not, nothing that depends on them may be sent; calling
   *     again with the same records goes on in a new file, since after a failed sync nobody knows
   *     what the old one holds
   */
  public boolean append(List<JournalRecord> records) {
    if (records.isEmpty() && isRenewed) {
      return true;
    }
    try {
      renew();
      if (!records.isEmpty()) {
        var file = growing();
        bytes.addAndGet(file.append(records));
        syncs.incrementAndGet();
      }
      if (trouble != null) {
        LOG.warn("Journal {} can be written again", directory);
        trouble = null;
      }
      return true;
    } catch (IOException e) {
      if (trouble == null) {
        LOG.error("Journal {} cannot be written; its member is silent until it can", directory, e);
      }
      trouble = String.valueOf(e.getMessage());
      abandon();
      return false;
    }
  }

  /**
   * What the last file holds at an opening may be in the kernel's memory only, and count as written
   * there, if the process before this one died after a sync that failed: only what is written once
   * more is synced. So may its name, if that process died before it synced the directory.
   */
  private void renew() throws IOException {
    if (!isRenewed) {
      files.getLast().renew();
      disk.syncDirectory(directory);
      isRenewed = true;
    }
  }

  private JournalFile growing() throws IOException {
    var file = growing;
    if (file != null && file.length() < fileBytes) {
      return file;
    }
    var last = files.getLast();
    var next =
        JournalFile.begin(
            disk, directory, owner, last.sequence() + 1, last.length(), last.nextBatch());
    try {
      disk.syncDirectory(directory);
    } catch (IOException e) {
      next.close();
      throw e;
    }
    if (file != null) {
      file.close();
    }
    files.add(next);
    growing = next;
    return next;
  }

  private void abandon() {
    var file = growing;
    growing = null;
    if (file != null) {
      file.abandon();
    }
  }

  /**
   * Forgets what may be forgotten, as far as whole files go; a failure is tried again next time.
   * One at a time: of two deletions that the disk has not taken yet the later alone might last, and
   * what is left would have a gap.
   */
  public void cut(JournalCut cut) {
    try {
      while (deletes || (files.size() > 1 && files.getFirst().isForgotten(cut))) {
        if (!deletes) {
          files.getFirst().delete();
          files.removeFirst();
          deletes = true;
        }
        disk.syncDirectory(directory);
        deletes = false;
      }
    } catch (IOException e) {
      LOG.debug("journal file not deleted yet", e);
    }
  }

  /** Why nothing can be written at present; empty while all is well. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Batches synced since it was opened. */
  public long syncs() {
    return syncs.get();
  }

  /** Bytes written since it was opened. */
  public long bytesWritten() {
    return bytes.get();
  }

  /** Files that it consists of now. */
  int fileCount() {
    return files.size();
  }

  @Override
  public void close() {
    var file = growing;
    if (file != null) {
      file.close();
    }
    close(lock);
  }
}
