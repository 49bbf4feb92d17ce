package org.constellation.platform.observe;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What the calling thread has spent. */
public final class ThreadTime {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean IS_TOLD = THREADS.isCurrentThreadCpuTimeSupported();

  private ThreadTime() {}

  /**
   * Nanoseconds of processor time, for differences within one thread. A virtual thread has no such
   * figure, and some JVMs have none at all; there it is time that passed, which is more.
   */
  public static long spentNanos() {
    return IS_TOLD && !Thread.currentThread().isVirtual()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
