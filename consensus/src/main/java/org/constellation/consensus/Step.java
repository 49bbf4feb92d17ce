package org.constellation.consensus;

import java.util.ArrayList;
import java.util.List;

/**
 * What one call caused. Act on every part, in this order: journal votes and frozen sets as one unit
 * and sync, send the votes to every member, then use the outputs and note the faults. A dropped
 * step stalls the protocol.
 *
 * @param votes this member's new votes, in the order in which they were cast; already counted here
 * @param frozen what must be journalled beside the votes
 * @param outputs what was decided
 * @param faults who misbehaved
 * @param <O> what the machine decides on
 */
public record Step<O>(List<Vote> votes, List<Frozen> frozen, List<O> outputs, List<Fault> faults) {

  private static final Step<?> IDLE = new Step<>(List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Step {
    votes = List.copyOf(votes);
    frozen = List.copyOf(frozen);
    outputs = List.copyOf(outputs);
    faults = List.copyOf(faults);
  }

  /** Nothing happened. */
  @SuppressWarnings("unchecked") // an empty step has no outputs of any type
  public static <O> Step<O> idle() {
    return (Step<O>) IDLE;
  }

  /** Whether nothing happened. */
  public boolean isIdle() {
    return !isToBeJournalled() && outputs.isEmpty() && faults.isEmpty();
  }

  /** Whether the journal must be written and synced before going on. */
  public boolean isToBeJournalled() {
    return !votes.isEmpty() || !frozen.isEmpty();
  }

  /**
   * Gathers a step while a machine works.
   *
   * @param <O> what the machine decides on
   */
  public static final class Builder<O> {

    private final List<Vote> votes = new ArrayList<>(0);
    private final List<Frozen> frozen = new ArrayList<>(0);
    private final List<O> outputs = new ArrayList<>(0);
    private final List<Fault> faults = new ArrayList<>(0);

    /** Sends a vote. */
    public void vote(Vote vote) {
      votes.add(vote);
    }

    /** Has something journalled. */
    public void freeze(Frozen settled) {
      frozen.add(settled);
    }

    /** Announces a decision. */
    public void output(O output) {
      outputs.add(output);
    }

    /** Notes a fault. */
    public void blame(Fault fault) {
      faults.add(fault);
    }

    /** Adds everything of an inner machine's step but its outputs, which the caller lifts. */
    public void absorb(Step<?> inner) {
      votes.addAll(inner.votes);
      frozen.addAll(inner.frozen);
      faults.addAll(inner.faults);
    }

    /** The step so far. */
    public Step<O> build() {
      return votes.isEmpty() && frozen.isEmpty() && outputs.isEmpty() && faults.isEmpty()
          ? idle()
          : new Step<>(votes, frozen, outputs, faults);
    }
  }
}
