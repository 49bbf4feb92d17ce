package org.constellation.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happened in a run, by kind. */
public final class Tally {

  private final EnumMap<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final TreeMap<String, Long> transitions = new TreeMap<>();

  /** A fault. */
  public void count(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  /** A step of the protocol. */
  public void transition(String kind) {
    transitions.merge(kind, 1L, Long::sum);
  }

  /** Faults by kind. */
  public Map<Fault, Long> faults() {
    return faults;
  }

  /** Steps of the protocol by kind. */
  public Map<String, Long> transitions() {
    return transitions;
  }
}
