package org.constellation.platform.loop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.constellation.platform.observe.LogContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every worker a daemon thread of its own, which is parked while there is nothing to do. */
public final class ThreadLoops implements Loops {

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(ThreadLoops.class);

  private final String service;

  /**
   * @param service whose log lines the workers write
   */
  public ThreadLoops(String service) {
    this.service = service;
  }

  @Override
  public Loop start(String name, @Nullable String member, Turn turn) {
    var loop = new ThreadLoop(service, name, member, turn);
    loop.thread.start();
    return loop;
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  private static final class ThreadLoop implements Loop {
    private final Turn turn;
    private final Thread thread;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean closed;

    private ThreadLoop(String service, String name, @Nullable String member, Turn turn) {
      this.turn = turn;
      this.thread =
          Thread.ofPlatform()
              .daemon()
              .name(name)
              .unstarted(LogContext.of(service, member, this::run));
    }

    private void run() {
      try {
        while (!closed) {
          // Before the turn: what comes while it is under way may have come too late for it.
          woken.set(false);
          var idle = turn.take();
          if (idle == Turn.ENDED) {
            return;
          }
          rest(idle);
        }
      } catch (RuntimeException | Error e) {
        LOG.error("{} ends by a defect of ours", thread.getName(), e);
      }
    }

    private void rest(long nanos) {
      var until = System.nanoTime() + nanos;
      var left = nanos;
      while (!woken.get() && !closed && left > 0) {
        LockSupport.parkNanos(this, left);
        // Only closing interrupts. With the mark left on it a thread could not be parked again.
        var _ = Thread.interrupted();
        left = until - System.nanoTime();
      }
    }

    @Override
    public void wake() {
      if (!woken.getAndSet(true)) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void close() {
      closed = true;
      LockSupport.unpark(thread);
      if (thread.equals(Thread.currentThread())) {
        return;
      }
      try {
        if (!thread.join(CLOSE_WITHIN)) {
          LOG.warn("{} did not end within {}", thread.getName(), CLOSE_WITHIN);
          thread.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
