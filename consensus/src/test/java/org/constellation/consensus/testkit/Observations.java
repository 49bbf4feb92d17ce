package org.constellation.consensus.testkit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.constellation.consensus.Fault;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Slot;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;

/**
 * What correct members did, watched from outside over all their lives. Fails at once when a correct
 * member blames a correct one, votes twice in a slot, or decides differently from another or from
 * itself before a crash: agreement, evidence and no equivocation by restarting.
 *
 * @param <O> what is decided
 */
public final class Observations<O> {

  private final MemberSet correct;
  private final Map<MemberIndex, Map<Slot, VoteValue>> votes = new HashMap<>();
  private final SortedMap<MemberIndex, O> outputs = new TreeMap<>();
  private final EnumMap<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);

  /** The kinds of fault, for counting. */
  public enum FaultKind {
    EQUIVOCATED,
    MALFORMED,
    PROPOSED_OUT_OF_TURN,
    INVALID_SHARE
  }

  /** Nothing seen yet. */
  public Observations(MemberSet correct) {
    this.correct = correct;
  }

  /** A member acted on a step. Byzantine members may do what they like. */
  public void saw(MemberIndex member, Step<? extends O> step) {
    step.faults().forEach(fault -> blamed(member, fault));
    step.outputs().forEach(output -> decided(member, output));
  }

  /** A correct member is about to send a vote that is durable. */
  public void sent(MemberIndex member, List<Vote> sent) {
    if (!correct.contains(member)) {
      return;
    }
    var before = votes.computeIfAbsent(member, _ -> new HashMap<>());
    for (var vote : sent) {
      var first = before.putIfAbsent(vote.slot(), vote.value());
      if (first != null && !first.equals(vote.value())) {
        throw new AssertionError(member + " said " + first + ", now " + vote);
      }
    }
  }

  /** What the correct members decided. */
  public SortedMap<MemberIndex, O> outputs() {
    return Collections.unmodifiableSortedMap(outputs);
  }

  /** Whether every correct member decided. */
  public boolean allDecided() {
    return outputs.size() == correct.size();
  }

  /** What {@code member} sent in {@code slot}, if it is correct. */
  public VoteValue sent(MemberIndex member, Slot slot) {
    var value = votes.getOrDefault(member, Map.of()).get(slot);
    if (value == null) {
      throw new AssertionError(member + " never said anything in " + slot);
    }
    return value;
  }

  /** How often Byzantine members were blamed, by kind. */
  public Map<FaultKind, Integer> faults() {
    return Collections.unmodifiableMap(faults);
  }

  /** A member found a fault. Blaming a correct member fails at once. */
  public void blamed(MemberIndex by, Fault fault) {
    if (!correct.contains(by)) {
      return;
    }
    if (correct.contains(fault.member())) {
      throw new AssertionError(by + " blames the correct " + fault);
    }
    if (fault instanceof Fault.Equivocated(var _, var _, var first, var second)
        && first.equals(second)) {
      throw new AssertionError("no evidence: " + fault);
    }
    faults.merge(kindOf(fault), 1, Integer::sum);
  }

  /** A member decided, perhaps once more after a crash. A difference fails at once. */
  public void decided(MemberIndex member, O output) {
    if (!correct.contains(member)) {
      return;
    }
    for (var other : outputs.entrySet()) {
      if (!other.getValue().equals(output)) {
        throw new AssertionError(
            member + " decides " + output + ", but " + other.getKey() + " " + other.getValue());
      }
    }
    outputs.put(member, output);
  }

  private static FaultKind kindOf(Fault fault) {
    return switch (fault) {
      case Fault.Equivocated _ -> FaultKind.EQUIVOCATED;
      case Fault.Invalid(var _, var _, var reason) ->
          switch (reason) {
            case MALFORMED -> FaultKind.MALFORMED;
            case PROPOSED_OUT_OF_TURN -> FaultKind.PROPOSED_OUT_OF_TURN;
            case INVALID_SHARE -> FaultKind.INVALID_SHARE;
          };
    };
  }
}
