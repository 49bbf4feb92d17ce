package org.constellation.consensus.testkit;

import java.util.ArrayList;
import java.util.List;

/** What happened in a run, in words. Costly, so it is kept only where somebody will read it. */
public final class Trace {

  private final boolean kept;
  private final List<String> lines = new ArrayList<>();

  private Trace(boolean kept) {
    this.kept = kept;
  }

  /** A trace that forgets. */
  public static Trace none() {
    return new Trace(false);
  }

  /** A trace that keeps every line. */
  public static Trace kept() {
    return new Trace(true);
  }

  /** Whether anybody will read it. */
  public boolean isKept() {
    return kept;
  }

  /** Adds a line. */
  public void add(long time, String what, Object detail) {
    if (kept) {
      lines.add(time + " " + what + " " + detail);
    }
  }

  /** All lines so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
