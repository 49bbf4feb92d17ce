package org.constellation.simulation.network;

import java.util.function.LongSupplier;
import org.constellation.simulation.time.VirtualTime;

/** Does something again and again, after a pause each time, until it is given up. */
final class Habit {

  private final VirtualTime time;
  private final LongSupplier pauseMillis;
  private final Runnable act;
  private boolean over;

  Habit(VirtualTime time, LongSupplier pauseMillis, Runnable act) {
    this.time = time;
    this.pauseMillis = pauseMillis;
    this.act = act;
    next();
  }

  private void next() {
    time.in(pauseMillis.getAsLong() * VirtualTime.MILLISECOND, this::follow);
  }

  private void follow() {
    if (!over) {
      act.run();
      next();
    }
  }

  void giveUp() {
    over = true;
  }
}
