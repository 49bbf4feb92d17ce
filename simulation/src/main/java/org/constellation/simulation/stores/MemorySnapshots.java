package org.constellation.simulation.stores;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.platform.follow.SnapshotSource;
import org.constellation.platform.snapshot.SnapshotStore;
import org.constellation.protocol.Bytes;

/** Snapshots in a database that outlives crashes. */
public final class MemorySnapshots implements SnapshotStore {

  private final Commits commits;
  private final TreeMap<Long, List<Bytes>> kept = new TreeMap<>();

  /** Empty. */
  public MemorySnapshots(Commits commits) {
    this.commits = commits;
  }

  @Override
  public SortedSet<Long> heights() {
    return new TreeSet<>(kept.keySet());
  }

  @Override
  public Iterator<Bytes> read(long height) {
    return kept.getOrDefault(height, List.of()).iterator();
  }

  @Override
  public SnapshotSource.Found read(long height, int part) {
    var parts = kept.getOrDefault(height, List.of());
    return new SnapshotSource.Found(height, parts.size(), parts.stream().skip(part).findFirst());
  }

  @Override
  public void write(long height, Iterator<Bytes> parts) {
    var all = new ArrayList<Bytes>();
    parts.forEachRemaining(all::add);
    commits.commit(() -> kept.put(height, List.copyOf(all)));
  }

  @Override
  public void delete(long height) {
    commits.commit(() -> kept.remove(height));
  }

  /** As an old copy of the database has it. */
  public void backTo(long height) {
    kept.tailMap(height, false).clear();
  }
}
