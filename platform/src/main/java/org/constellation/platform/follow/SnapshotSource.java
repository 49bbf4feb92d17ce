package org.constellation.platform.follow;

import java.util.List;
import org.constellation.protocol.Bytes;

/** Snapshots that a process can hand out. Safe for use by several threads. */
public interface SnapshotSource {

  /**
   * Some parts of a snapshot.
   *
   * @param height of the snapshot
   * @param parts that it has in all, 0 if it is not here
   * @param some those that were asked for, as far as they are there
   */
  record Some(long height, int parts, List<Bytes> some) {

    public Some {
      some = List.copyOf(some);
    }

    /** That there is no snapshot of a height. */
    public static Some none(long height) {
      return new Some(height, 0, List.of());
    }
  }

  /**
   * Parts of the snapshot of a height, or of the newest one.
   *
   * @param height 0 for the newest
   * @param from the first part that is wanted, counted from 0
   * @param count most that are wanted
   */
  Some parts(long height, int from, int count);
}
