package org.constellation.platform.snapshot;

import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.jspecify.annotations.Nullable;

/** Runs turns at once, in whatever thread starts or wakes them; for workers that never wait. */
final class PromptLoops implements Loops {

  @Override
  public Loop start(String name, @Nullable String member, Turn turn) {
    turn.take();
    return new Loop() {
      @Override
      public void wake() {
        turn.take();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long nanos() {
    return 0;
  }
}
