package org.constellation.platform;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.jspecify.annotations.Nullable;

/** Takes turns when a test says so, by a clock that the test moves. */
public final class HandLoops implements Loops {

  private final List<HandLoop> running = new CopyOnWriteArrayList<>();
  private long now;

  /** Lets everybody do what there is to do at this moment. */
  public void run() {
    var progress = true;
    while (progress) {
      progress = false;
      for (var loop : running) {
        progress |= loop.turnIfDue();
      }
    }
  }

  /** Lets time pass at once, then everybody work. */
  public void forward(Duration time) {
    now += time.toNanos();
    run();
  }

  @Override
  public Loop start(String name, @Nullable String member, Turn turn) {
    var loop = new HandLoop(turn);
    running.add(loop);
    return loop;
  }

  @Override
  public long nanos() {
    return now;
  }

  private final class HandLoop implements Loop {
    private final Turn turn;
    private boolean woken = true;
    private long dueAt = Long.MAX_VALUE;

    private HandLoop(Turn turn) {
      this.turn = turn;
    }

    private boolean turnIfDue() {
      if (!woken && dueAt > now) {
        return false;
      }
      woken = false;
      var idle = turn.take();
      if (idle == Turn.ENDED) {
        close();
      } else {
        dueAt = idle == Turn.UNTIL_WOKEN ? Long.MAX_VALUE : now + idle;
      }
      return true;
    }

    @Override
    public void wake() {
      woken = true;
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }
}
