package org.constellation.platform.hosting;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How long the oldest entry of a member's pool has waited. Safe for use by several threads.
 *
 * @param <K> what names an entry
 */
public final class PoolAge<K> {

  /** Most entries that are watched. Later ones are younger, so the oldest stays right. */
  static final int WATCHED_MAX = 16_384;

  private static final double SECOND = 1_000;

  private final Clock clock;
  private final Map<K, Long> sinceMillis = new LinkedHashMap<>();

  /** Watches nothing yet. */
  public PoolAge(Clock clock) {
    this.clock = clock;
  }

  /** An entry came; of one that is there already the first time counts. */
  public synchronized void add(K entry) {
    if (sinceMillis.size() < WATCHED_MAX) {
      sinceMillis.putIfAbsent(entry, clock.millis());
    }
  }

  /** An entry waits no more. */
  public synchronized void remove(K entry) {
    sinceMillis.remove(entry);
  }

  /** Those entries wait no more, wherever they stand among the others. */
  public synchronized void removeIf(Predicate<K> gone) {
    sinceMillis.keySet().removeIf(gone);
  }

  /** Age of the oldest; 0 if there is none. */
  public synchronized double oldestSeconds() {
    return sinceMillis.values().stream()
        .findFirst()
        .map(since -> (clock.millis() - since) / SECOND)
        .orElse(0.0);
  }
}
