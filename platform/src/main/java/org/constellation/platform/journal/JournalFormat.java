package org.constellation.platform.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;

/**
 * The bytes of a journal file, all numbers big-endian.
 *
 * <pre>
 * file  = head batch*
 * head  = "CSTLJRN1" network(32) member(32) sequence(8) previousLength(8) firstBatch(8) crc(4)
 * batch = "BTCH" number(8) length(4) crc(4) record*      crc over number, length and records
 * record = length(4) bytes
 * </pre>
 */
final class JournalFormat {

  static final int HEAD_BYTES = 8 + Hash.LENGTH + PublicKey.LENGTH + 8 + 8 + 8 + 4;
  static final int BATCH_HEAD_BYTES = 4 + 8 + 4 + 4;

  private static final long MAGIC = 0x4353544C4A524E31L; // CSTLJRN1
  private static final int BATCH_MAGIC = 0x42544348; // BTCH

  private JournalFormat() {}

  /**
   * @param previousLength how much of the file before it counts
   * @param firstBatch number of its first batch
   */
  record Head(Owner owner, long sequence, long previousLength, long firstBatch) {}

  /**
   * @param size bytes of the whole batch
   */
  record Batch(long number, List<Bytes> records, int size) {}

  static ByteBuffer head(Owner owner, long sequence, long previousLength, long firstBatch) {
    var head = ByteBuffer.allocate(HEAD_BYTES);
    head.putLong(MAGIC);
    head.put(owner.network().toBytes());
    head.put(owner.member().toBytes());
    head.putLong(sequence).putLong(previousLength).putLong(firstBatch);
    head.putInt(crc(head.array(), 0, head.position()));
    return head.flip();
  }

  /** The head of a file; empty if it is damaged. */
  static Optional<Head> readHead(byte[] file) {
    if (file.length < HEAD_BYTES) {
      return Optional.empty();
    }
    var head = ByteBuffer.wrap(file, 0, HEAD_BYTES);
    if (head.getLong() != MAGIC) {
      return Optional.empty();
    }
    var network = new byte[Hash.LENGTH];
    head.get(network);
    var member = new byte[PublicKey.LENGTH];
    head.get(member);
    var read =
        new Head(
            new Owner(Hash.of(network), PublicKey.of(member)),
            head.getLong(),
            head.getLong(),
            head.getLong());
    var covered = head.position();
    return head.getInt() == crc(file, 0, covered) ? Optional.of(read) : Optional.empty();
  }

  static ByteBuffer batch(long number, List<JournalRecord> records) {
    var encoded = records.stream().map(entry -> entry.encode().toArray()).toList();
    var size = 0;
    for (var bytes : encoded) {
      size = Math.addExact(size, Integer.BYTES + bytes.length);
    }
    var batch = ByteBuffer.allocate(BATCH_HEAD_BYTES + size);
    batch.putInt(BATCH_MAGIC).putLong(number).putInt(size).putInt(0);
    for (var bytes : encoded) {
      batch.putInt(bytes.length).put(bytes);
    }
    batch.putInt(BATCH_HEAD_BYTES - 4, batchCrc(batch.array(), 0, size));
    return batch.flip();
  }

  /** The batch at {@code offset}; empty if there is no sound one. */
  static Optional<Batch> readBatch(byte[] file, int offset, int end) {
    if (end - offset < BATCH_HEAD_BYTES) {
      return Optional.empty();
    }
    var head = ByteBuffer.wrap(file, offset, BATCH_HEAD_BYTES);
    if (head.getInt() != BATCH_MAGIC) {
      return Optional.empty();
    }
    var number = head.getLong();
    var size = head.getInt();
    var crc = head.getInt();
    if (size < 0 || size > end - offset - BATCH_HEAD_BYTES || crc != batchCrc(file, offset, size)) {
      return Optional.empty();
    }
    return Optional.of(
        new Batch(number, records(file, offset + BATCH_HEAD_BYTES, size), BATCH_HEAD_BYTES + size));
  }

  /** Only called on bytes whose checksum holds, so lengths are what was written. */
  private static List<Bytes> records(byte[] file, int offset, int size) {
    var buffer = ByteBuffer.wrap(file, offset, size);
    var records = new ArrayList<Bytes>();
    while (buffer.hasRemaining()) {
      var bytes = new byte[buffer.getInt()];
      buffer.get(bytes);
      records.add(Bytes.copyOf(bytes));
    }
    return records;
  }

  private static int batchCrc(byte[] bytes, int offset, int size) {
    var crc = new CRC32C();
    crc.update(bytes, offset + 4, 8 + 4);
    crc.update(bytes, offset + BATCH_HEAD_BYTES, size);
    return (int) crc.getValue();
  }

  private static int crc(byte[] bytes, int offset, int length) {
    var crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
