package org.constellation.platform.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.platform.journal.JournalFormat.Head;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a journal's files at start and says where they go on. An incomplete last batch is cut off;
 * any other damage is refused, since what is missing may have been said to others.
 */
final class JournalReader {

  private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

  private final Disk disk;
  private final Path directory;
  private final Owner owner;

  JournalReader(Disk disk, Path directory, Owner owner) {
    this.disk = disk;
    this.directory = directory;
    this.owner = owner;
  }

  Deque<JournalFile> read(List<JournalRecord> records) throws IOException, JournalUnusable {
    var paths = paths();
    if (paths.isEmpty()) {
      throw new JournalUnusable(directory, "its files are gone");
    }
    dropBarelyBegun(paths);
    var files = new ArrayDeque<JournalFile>();
    for (var i = 0; i < paths.size(); i++) {
      var bytes = Files.readAllBytes(paths.get(i));
      var head = head(paths.get(i), bytes, files);
      var isLast = i == paths.size() - 1;
      var end = isLast ? bytes.length : lengthByNext(paths.get(i + 1), bytes);
      files.add(readFile(paths.get(i), head, bytes, end, isLast, records));
    }
    return files;
  }

  /**
   * A crash while a file was begun: it holds nothing yet, and the one before goes on. Its head is
   * synced before anything else is written, so a damaged head with something behind it is no such
   * case.
   */
  private void dropBarelyBegun(List<Path> paths) throws IOException {
    var last = paths.getLast();
    if (paths.size() > 1
        && Files.size(last) <= JournalFormat.HEAD_BYTES
        && JournalFormat.readHead(Files.readAllBytes(last)).isEmpty()) {
      disk.delete(last);
      paths.removeLast();
    }
  }

  private List<Path> paths() throws IOException {
    try (var entries = Files.list(directory)) {
      return entries
          .filter(path -> path.getFileName().toString().endsWith(".journal"))
          .sorted()
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  private Head head(Path path, byte[] bytes, Deque<JournalFile> before) throws JournalUnusable {
    var read = JournalFormat.readHead(bytes);
    if (read.isEmpty()) {
      throw new JournalUnusable(directory, path.getFileName() + " has a damaged head");
    }
    var head = read.get();
    if (!head.owner().equals(owner)) {
      throw new JournalUnusable(directory, "belongs to member " + head.owner().member());
    }
    if (!path.equals(JournalFile.pathOf(directory, head.sequence()))) {
      throw new JournalUnusable(directory, path.getFileName() + " was renamed");
    }
    var last = before.peekLast();
    if (last != null
        && (head.sequence() != last.sequence() + 1 || head.firstBatch() != last.nextBatch())) {
      throw new JournalUnusable(directory, "something is missing before " + path.getFileName());
    }
    return head;
  }

  /** How much of a file counts is said by the one after it. */
  private int lengthByNext(Path next, byte[] bytes) throws IOException, JournalUnusable {
    var head = JournalFormat.readHead(Files.readAllBytes(next));
    if (head.isEmpty() || head.get().previousLength() > bytes.length) {
      throw new JournalUnusable(directory, "a file before " + next.getFileName() + " is too short");
    }
    return (int) head.get().previousLength();
  }

  private JournalFile readFile(
      Path path, Head head, byte[] bytes, int end, boolean isLast, List<JournalRecord> records)
      throws IOException, JournalUnusable {
    var found = new FileContent(head, bytes, end);
    if (!found.isComplete() && (!isLast || found.goesOnAfterDamage())) {
      throw new JournalUnusable(
          directory, path.getFileName() + " is damaged at byte " + found.length());
    }
    var decoded = new ArrayList<JournalRecord>();
    for (var encoded : found.records()) {
      decoded.add(
          JournalRecord.decode(encoded)
              .orElseThrow(
                  () ->
                      new JournalUnusable(
                          directory, path.getFileName() + " holds an unknown record")));
    }
    var channel = disk.open(path, StandardOpenOption.WRITE);
    try {
      cut(path, channel, found.length(), bytes.length);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    var file =
        new JournalFile(disk, path, channel, head.sequence(), found.length(), found.nextBatch());
    decoded.forEach(file::note);
    records.addAll(decoded);
    if (!isLast) {
      file.close();
    }
    return file;
  }

  private static void cut(Path path, FileChannel channel, long length, long written)
      throws IOException {
    if (length < written) {
      LOG.info("{}: {} bytes of an unfinished batch dropped", path, written - length);
      channel.truncate(length);
      channel.force(true);
    }
  }
}
