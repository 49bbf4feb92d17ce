package org.constellation.simulation.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.simulation.time.Trace;
import org.jspecify.annotations.Nullable;

/** What should never be. A run ends with the first of them. */
public final class Violations {

  private static final int KEPT_MAX = 20;

  private final Trace trace;
  private final List<String> found = new ArrayList<>();
  private @Nullable Throwable first;

  /** None yet. */
  public Violations(Trace trace) {
    this.trace = trace;
  }

  /** One more. */
  public void found(String invariant, String what) {
    trace.note("violation", invariant, () -> what);
    if (found.size() < KEPT_MAX) {
      found.add(invariant + ": " + what);
    }
  }

  /** An exception came out of a program that must not have any. */
  public void defect(String machine, Throwable defect) {
    var at = defect.getStackTrace();
    found("DEFECT", machine + ": " + defect + (at.length == 0 ? "" : " at " + at[0]));
    if (first == null) {
      first = defect;
    }
  }

  /** The first exception among them. */
  public Optional<Throwable> cause() {
    return Optional.ofNullable(first);
  }

  /** Whether there are any. */
  public boolean any() {
    return !found.isEmpty();
  }

  /** The first ones. */
  public List<String> all() {
    return List.copyOf(found);
  }
}
