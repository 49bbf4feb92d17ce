package org.constellation.simulation.time;

import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.jspecify.annotations.Nullable;

/** Runs turns as events. A turn begins a little after it could: somebody else may come before. */
final class EventLoops implements Loops {

  private static final int LATENESS_NANOS = 200_000;

  private final Machine.Life life;
  private final VirtualTime time;
  private final Dice dice;

  EventLoops(Machine.Life life, VirtualTime time, Dice dice) {
    this.life = life;
    this.time = time;
    this.dice = dice;
  }

  @Override
  public Loop start(String name, @Nullable String member, Turn turn) {
    var loop = new EventLoop(turn);
    loop.schedule(0);
    return loop;
  }

  @Override
  public long nanos() {
    return life.machine().nanos();
  }

  private final class EventLoop implements Loop {
    private final Turn turn;
    private long dueNanos = Long.MAX_VALUE;
    private boolean running;
    private boolean woken;
    private boolean closed;

    private EventLoop(Turn turn) {
      this.turn = turn;
    }

    @Override
    public void wake() {
      if (running) {
        woken = true;
      } else {
        schedule(0);
      }
    }

    private void schedule(long nanos) {
      var due = time.nowNanos() + nanos + dice.below(LATENESS_NANOS);
      if (!closed && due < dueNanos) {
        dueNanos = due;
        time.in(due - time.nowNanos(), () -> begin(due));
      }
    }

    private void begin(long due) {
      // One that was put forward meanwhile is not due any more.
      if (due == dueNanos && !closed) {
        dueNanos = Long.MAX_VALUE;
        life.work(this::take);
      }
    }

    private void take() {
      running = true;
      woken = false;
      long pause;
      try {
        pause = turn.take();
      } finally {
        running = false;
      }
      if (pause == Turn.ENDED) {
        closed = true;
      } else if (woken || pause == 0) {
        schedule(0);
      } else if (pause != Turn.UNTIL_WOKEN) {
        schedule(life.machine().real(pause));
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
