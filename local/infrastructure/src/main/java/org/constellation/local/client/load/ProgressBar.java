package org.constellation.local.client.load;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Shows how far something is: one line that is written over on a terminal, a line now and then
 * elsewhere. Without a known end there is no bar, only how much was done.
 */
public final class ProgressBar implements AutoCloseable {

  private static final int WIDTH = 30;
  private static final long TERMINAL_MILLIS = 250;
  private static final long FILE_MILLIS = 5_000;

  private final String what;
  private final int all;
  private final IntSupplier done;
  private final Supplier<String> remark;
  private final PrintStream out;
  private final boolean terminal =
      Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  private final long begin = System.nanoTime();
  private final Thread thread;
  private int shownLength;

  /**
   * @param all how many there are, 0 if nobody knows
   * @param done how many of them are done
   * @param remark what is in the way, or empty
   */
  public ProgressBar(
      String what, int all, IntSupplier done, Supplier<String> remark, PrintStream out) {
    this.what = what;
    this.all = all;
    this.done = done;
    this.remark = remark;
    this.out = out;
    this.thread = Thread.ofPlatform().daemon().name("progress").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(terminal ? TERMINAL_MILLIS : FILE_MILLIS);
        show(false);
      }
    } catch (InterruptedException e) {
      // The last line is shown by close.
    }
  }

  private synchronized void show(boolean last) {
    var line = line(what, done.getAsInt(), all, System.nanoTime() - begin, remark.get());
    var rest = " ".repeat(Math.max(0, shownLength - line.length()));
    shownLength = line.length();
    out.print(terminal ? "\r" + line + rest + (last ? "\n" : "") : line + "\n");
    out.flush();
  }

  static String line(String what, int count, int all, long nanos, String remark) {
    var seconds = nanos / 1e9;
    if (all == 0) {
      return String.format(Locale.ROOT, "%-8s %d  %.0f s  %s", what, count, seconds, remark);
    }
    var filled = Math.clamp((long) count * WIDTH / all, 0, WIDTH);
    return String.format(
        Locale.ROOT,
        "%-8s [%s%s] %d/%d  %.0f s  %s",
        what,
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        count,
        all,
        seconds,
        remark);
  }

  @Override
  public void close() {
    thread.interrupt();
    show(true);
  }
}
