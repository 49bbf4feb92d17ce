package org.constellation.platform.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.constellation.consensus.layer.JournalCut;
import org.constellation.consensus.layer.JournalRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file of a journal: its head, then batches. See {@link JournalFormat} for the bytes. */
final class JournalFile {

  private static final Logger LOG = LoggerFactory.getLogger(JournalFile.class);

  private final Disk disk;
  private final Path path;
  private final FileChannel channel;
  private final long sequence;
  private long length;
  private long nextBatch;
  private long lastRound = Long.MIN_VALUE;
  private long lastBlock = Long.MIN_VALUE;

  JournalFile(
      Disk disk, Path path, FileChannel channel, long sequence, long length, long nextBatch) {
    this.disk = disk;
    this.path = path;
    this.channel = channel;
    this.sequence = sequence;
    this.length = length;
    this.nextBatch = nextBatch;
  }

  static Path pathOf(Path directory, long sequence) {
    return directory.resolve(String.format(Locale.ROOT, "%012d.journal", sequence));
  }

  /**
   * Begins a new file with nothing but its head, synced.
   *
   * @param previousLength how much of the file before it counts
   */
  static JournalFile begin(
      Disk disk, Path directory, Owner owner, long sequence, long previousLength, long firstBatch)
      throws IOException {
    var path = pathOf(directory, sequence);
    // One of this name can only be what a failed attempt left behind.
    disk.delete(path);
    var channel = disk.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      var head = JournalFormat.head(owner, sequence, previousLength, firstBatch);
      write(channel, head, 0);
      channel.force(true);
      return new JournalFile(disk, path, channel, sequence, JournalFormat.HEAD_BYTES, firstBatch);
    } catch (IOException e) {
      channel.close();
      disk.delete(path);
      throw e;
    }
  }

  /** Writes and syncs a batch; how many bytes it took. */
  long append(List<JournalRecord> records) throws IOException {
    var batch = JournalFormat.batch(nextBatch, records);
    var size = batch.remaining();
    write(channel, batch, length);
    channel.force(false);
    length += size;
    nextBatch++;
    records.forEach(this::note);
    return size;
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    var at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /** Writes it over itself, and syncs it. */
  void renew() throws IOException {
    try (var again = disk.open(path, StandardOpenOption.WRITE)) {
      var bytes = Files.readAllBytes(path);
      write(again, ByteBuffer.wrap(bytes, 0, Math.toIntExact(length)), 0);
      again.force(true);
    }
  }

  /** Remembers which rounds the file serves. */
  void note(JournalRecord entry) {
    switch (entry) {
      case JournalRecord.Certified certified -> lastBlock = Math.max(lastBlock, certified.round());
      case JournalRecord.Proposed _,
          JournalRecord.Payload _,
          JournalRecord.Body _,
          JournalRecord.Sent _,
          JournalRecord.Heard _,
          JournalRecord.Froze _ ->
          lastRound = Math.max(lastRound, entry.round());
    }
  }

  boolean isForgotten(JournalCut cut) {
    return lastRound <= cut.roundsThrough() && lastBlock <= cut.blocksThrough();
  }

  /**
   * Cuts off what a failed batch may have left; if that fails too, the next file's head says so.
   */
  void abandon() {
    try (channel) {
      channel.truncate(length);
    } catch (IOException e) {
      LOG.debug("{} keeps bytes that do not count", path, e);
    }
  }

  void delete() throws IOException {
    close();
    disk.delete(path);
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("{} not closed", path, e);
    }
  }

  long sequence() {
    return sequence;
  }

  long length() {
    return length;
  }

  long nextBatch() {
    return nextBatch;
  }
}
