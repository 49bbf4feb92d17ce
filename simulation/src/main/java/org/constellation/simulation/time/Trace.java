package org.constellation.simulation.time;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened, line by line. Lines are made only if somebody takes them; a fingerprint of all
 * events is kept in any case, so that two runs can be compared.
 */
public final class Trace {

  private static final long PRIME = 0x100000001B3L;

  private final VirtualTime time;
  private final @Nullable Consumer<String> lines;
  private long fingerprint = 0xCBF29CE484222325L;

  /**
   * @param lines takes them; null if nobody wants any
   */
  public Trace(VirtualTime time, @Nullable Consumer<String> lines) {
    this.time = time;
    this.lines = lines;
  }

  /** Notes an event. */
  public void note(String who, String what) {
    mix(who, what);
    if (lines != null) {
      line(who, what, "");
    }
  }

  /** Notes an event with what only a reader of the line wants to know. */
  public void note(String who, String what, Supplier<?> detail) {
    mix(who, what);
    if (lines != null) {
      line(who, what, " " + detail.get());
    }
  }

  private void line(String who, String what, String detail) {
    if (lines != null) {
      var micros = time.nowNanos() / 1_000;
      lines.accept(
          "%d.%06d %s %s%s".formatted(micros / 1_000_000, micros % 1_000_000, who, what, detail));
    }
  }

  private void mix(String who, String what) {
    fingerprint = (fingerprint ^ time.nowNanos()) * PRIME;
    fingerprint = (fingerprint ^ who.hashCode()) * PRIME;
    fingerprint = (fingerprint ^ what.hashCode()) * PRIME;
    fingerprint ^= fingerprint >>> 29;
  }

  /** Equal for equal runs. */
  public String fingerprint() {
    return "%016x".formatted(fingerprint);
  }
}
