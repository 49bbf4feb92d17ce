package org.constellation.star;

import java.time.Duration;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.jspecify.annotations.Nullable;

/** One worker whose turns a test takes, by a clock that the test moves. */
public final class HandTurns implements Loops {

  private Turn turn = () -> Turn.ENDED;
  private long now;
  private int wakes;

  /** Takes a turn; what the worker says of the next one. */
  public long take() {
    return turn.take();
  }

  /** Lets time pass; nobody works in it. */
  public void forward(Duration time) {
    now += time.toNanos();
  }

  /** How often the worker was woken. */
  public int wakes() {
    return wakes;
  }

  @Override
  public Loop start(String name, @Nullable String member, Turn worker) {
    turn = worker;
    return new Loop() {
      @Override
      public void wake() {
        wakes++;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long nanos() {
    return now;
  }
}
