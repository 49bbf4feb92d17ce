package org.constellation.platform.follow;

import java.util.Optional;
import org.constellation.protocol.Bytes;

/** Snapshots that a process can hand out. Safe for use by several threads. */
public interface SnapshotSource {

  /**
   * One part of a snapshot.
   *
   * @param height of the snapshot
   * @param parts that it has in all, 0 if it is not here
   * @param content of the part that was asked for; empty if there is no such part
   */
  record Found(long height, int parts, Optional<Bytes> content) {

    /** That there is no snapshot of a height. */
    public static Found none(long height) {
      return new Found(height, 0, Optional.empty());
    }
  }

  /**
   * A part of the snapshot of a height, or of the newest one.
   *
   * @param height 0 for the newest
   * @param part counted from 0
   */
  Found part(long height, int part);
}
