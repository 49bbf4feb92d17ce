package org.constellation.platform.journal;

import java.util.ArrayList;
import java.util.List;
import org.constellation.platform.journal.JournalFormat.Head;
import org.constellation.protocol.Bytes;

/** The sound batches of a file, up to its end or to the first damage. */
final class FileContent {

  private final byte[] bytes;
  private final int end;
  private final List<Bytes> records = new ArrayList<>();
  private int length = JournalFormat.HEAD_BYTES;
  private long nextBatch;

  FileContent(Head head, byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
    this.nextBatch = head.firstBatch();
    while (length < end) {
      var batch = JournalFormat.readBatch(bytes, length, end);
      if (batch.isEmpty() || batch.get().number() != nextBatch) {
        return;
      }
      records.addAll(batch.get().records());
      length += batch.get().size();
      nextBatch++;
    }
  }

  boolean isComplete() {
    return length == end;
  }

  /**
   * Whether a later batch follows the damage: then the damaged one had been synced, since the next
   * is written only after that, and it may have been acted upon.
   */
  boolean goesOnAfterDamage() {
    for (var offset = length + 1; offset < end; offset++) {
      var batch = JournalFormat.readBatch(bytes, offset, end);
      if (batch.isPresent() && batch.get().number() > nextBatch) {
        return true;
      }
    }
    return false;
  }

  List<Bytes> records() {
    return records;
  }

  int length() {
    return length;
  }

  long nextBatch() {
    return nextBatch;
  }
}
