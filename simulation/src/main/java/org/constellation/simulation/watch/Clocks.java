package org.constellation.simulation.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The clocks of all machines, each with its own error. */
public final class Clocks {

  private final List<LongSupplier> all = new ArrayList<>();

  /** One more; it shows milliseconds since the epoch. */
  public void add(LongSupplier clock) {
    all.add(clock);
  }

  /** What the one shows that is furthest ahead. */
  long latest() {
    return all.stream().mapToLong(LongSupplier::getAsLong).max().orElse(Long.MAX_VALUE);
  }

  /** What the one shows that is furthest behind. */
  long earliest() {
    return all.stream().mapToLong(LongSupplier::getAsLong).min().orElse(Long.MIN_VALUE);
  }
}
