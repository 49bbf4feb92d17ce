package org.constellation.consensus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a member's journal knows of one layer round: the votes that it sent and the sets that it
 * froze before a crash. A machine made with a recall counts those votes as its own, sends them
 * again with the same bytes, and never computes them anew; so nobody equivocates by restarting.
 */
public final class Recall {

  private static final Recall NOTHING = of(List.of(), List.of());

  private final NavigableMap<Slot, VoteValue> votes;
  private final NavigableMap<Settled, BinaryValues> frozen;

  private record Settled(int instance, int round, Frozen.Kind kind) implements Comparable<Settled> {
    @Override
    public int compareTo(Settled other) {
      var byInstance = Integer.compare(instance, other.instance);
      var byRound = byInstance != 0 ? byInstance : Integer.compare(round, other.round);
      return byRound != 0 ? byRound : kind.compareTo(other.kind);
    }
  }

  private Recall(NavigableMap<Slot, VoteValue> votes, NavigableMap<Settled, BinaryValues> frozen) {
    this.votes = votes;
    this.frozen = frozen;
  }

  /** The recall of a member that has not taken part in the round. */
  public static Recall nothing() {
    return NOTHING;
  }

  /**
   * The recall of everything that the round's steps told the journal. Repeats are welcome.
   *
   * @throws IllegalArgumentException if the journal contradicts itself
   */
  public static Recall of(Collection<Vote> votes, Collection<Frozen> frozen) {
    var bySlot = new TreeMap<Slot, VoteValue>();
    for (var vote : votes) {
      var before = bySlot.putIfAbsent(vote.slot(), vote.value());
      if (before != null && !before.equals(vote.value())) {
        throw new IllegalArgumentException("two votes in the journal for " + vote.slot());
      }
    }
    var settled = new TreeMap<Settled, BinaryValues>();
    for (var one : frozen) {
      var before =
          settled.putIfAbsent(new Settled(one.instance(), one.round(), one.kind()), one.values());
      if (before != null && before != one.values()) {
        throw new IllegalArgumentException("two sets in the journal for " + one);
      }
    }
    return new Recall(bySlot, settled);
  }

  /** The value that was sent in {@code slot}. */
  public Optional<VoteValue> sent(Slot slot) {
    return Optional.ofNullable(votes.get(slot));
  }

  /** All votes of one instance in slot order. */
  public List<Vote> votesOf(int instance) {
    var from = new Slot(instance, SlotKind.PROPOSE, 0);
    var to = new Slot(instance, SlotKind.CERTIFY, Integer.MAX_VALUE);
    var found = new ArrayList<Vote>();
    votes.subMap(from, true, to, true).forEach((slot, value) -> found.add(new Vote(slot, value)));
    return Collections.unmodifiableList(found);
  }

  /** The set that was frozen. */
  public Optional<BinaryValues> frozen(int instance, Frozen.Kind kind, int round) {
    return Optional.ofNullable(frozen.get(new Settled(instance, round, kind)));
  }

  /** Whether the member has not taken part in the round. */
  public boolean isEmpty() {
    return votes.isEmpty() && frozen.isEmpty();
  }
}
