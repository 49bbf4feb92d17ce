package org.constellation.platform.snapshot;

import java.io.IOException;
import java.util.Iterator;
import java.util.SortedSet;
import org.constellation.platform.follow.SnapshotSource;
import org.constellation.protocol.Bytes;

/**
 * Where the parts of snapshots are kept, by height. It need not notice damage: whoever reads checks
 * everything.
 */
public interface SnapshotStore {

  /** The heights of which there is a snapshot, or a part of one. */
  SortedSet<Long> heights() throws IOException;

  /** The parts as they were written, or those that are left of them; all in memory at once. */
  Iterator<Bytes> read(long height) throws IOException;

  /** One of the parts, for somebody else, or that the snapshot is not there. */
  SnapshotSource.Found read(long height, int part) throws IOException;

  /** Keeps a snapshot, in place of one of the same height. */
  void write(long height, Iterator<Bytes> parts) throws IOException;

  /** Forgets a snapshot, if it is there. */
  void delete(long height) throws IOException;
}
