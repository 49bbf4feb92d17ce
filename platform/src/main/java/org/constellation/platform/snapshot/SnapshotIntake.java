package org.constellation.platform.snapshot;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.PublicKey;
import org.jspecify.annotations.Nullable;

/** The parts of one sender's snapshot that have arrived. */
final class SnapshotIntake {

  private final PublicKey sender;
  private final long height;
  private final @Nullable Bytes[] parts;
  private long bytes;
  private int missing;
  private int expected;

  /**
   * @param head the first part, which says how many there are
   */
  SnapshotIntake(PublicKey sender, LedgerMessage.SnapshotPart head) {
    this.sender = sender;
    this.height = head.height();
    this.parts = new Bytes[head.parts()];
    add(head);
  }

  PublicKey sender() {
    return sender;
  }

  long height() {
    return height;
  }

  int parts() {
    return parts.length;
  }

  long bytes() {
    return bytes;
  }

  /** The first part that is missing; as many as there are if none is. */
  int missing() {
    return missing;
  }

  /** Notes that all parts below {@code end} were asked for. */
  void expect(int end) {
    expected = end;
  }

  boolean hasAllExpected() {
    return missing >= expected;
  }

  boolean isOf(PublicKey from, LedgerMessage.SnapshotPart part) {
    return from.equals(sender)
        && part.height() == height
        && (part.parts() == parts.length || part.parts() == 0);
  }

  /** Takes a part; whether it was missing. */
  boolean add(LedgerMessage.SnapshotPart part) {
    if (parts[part.part()] != null) {
      return false;
    }
    parts[part.part()] = part.content();
    bytes += part.content().length();
    while (missing < parts.length && parts[missing] != null) {
      missing++;
    }
    return true;
  }

  /** All parts, once none is missing. */
  List<Bytes> content() {
    return Arrays.stream(parts).map(Objects::requireNonNull).toList();
  }
}
