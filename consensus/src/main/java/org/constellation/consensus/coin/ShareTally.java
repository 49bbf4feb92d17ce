package org.constellation.consensus.coin;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.constellation.consensus.Fault;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.Step;
import org.constellation.consensus.VoteTally;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.crypto.Hash;
import org.jspecify.annotations.Nullable;

/**
 * The shares of one toss. Checking a share is the costliest thing that agreement does, so it waits
 * until the outcome is asked for and stops as soon as enough shares were found valid.
 */
public final class ShareTally {

  private final MemberIndex self;
  private final CoinToss toss;
  private final Slot slot;
  private final VoteTally<VoteValue> shares;
  private final Deque<MemberIndex> unchecked = new ArrayDeque<>();
  private final SortedMap<MemberIndex, VoteValue> valid = new TreeMap<>();
  private @Nullable Hash outcome;

  /** The shares of {@code toss}, which are votes in {@code slot}. */
  public ShareTally(Roster roster, MemberIndex self, CoinToss toss, Slot slot) {
    this.self = self;
    this.toss = toss;
    this.slot = slot;
    this.shares = new VoteTally<>(roster);
  }

  /** This member's share. Asking for it does not release it. */
  public VoteValue own() {
    return toss.share();
  }

  /** Whether {@code member} sent a share, valid or not. */
  public boolean has(MemberIndex member) {
    return shares.has(member);
  }

  /** What {@code member} sent first. */
  public Optional<VoteValue> of(MemberIndex member) {
    return shares.of(member);
  }

  /** Takes a share in; whether it is valid is not looked at. */
  public VoteTally.Cast cast(MemberIndex member, VoteValue share) {
    var cast = shares.cast(member, share);
    if (cast == VoteTally.Cast.NEW && member.equals(self)) {
      valid.put(self, share);
    } else if (cast == VoteTally.Cast.NEW) {
      unchecked.add(member);
    }
    return cast;
  }

  /** The outcome, once enough valid shares are there. Blames the senders of invalid ones. */
  public Optional<Hash> outcome(Step.Builder<?> step) {
    while (outcome == null && valid.size() < toss.sharesNeeded() && !unchecked.isEmpty()) {
      check(unchecked.remove(), step);
    }
    if (outcome == null && valid.size() >= toss.sharesNeeded()) {
      outcome = toss.combine(firstNeeded());
    }
    return Optional.ofNullable(outcome);
  }

  private void check(MemberIndex member, Step.Builder<?> step) {
    var share = shares.of(member).orElseThrow();
    if (toss.isValid(member, share)) {
      valid.put(member, share);
    } else {
      step.blame(new Fault.Invalid(member, slot, Fault.Reason.INVALID_SHARE));
    }
  }

  private SortedMap<MemberIndex, VoteValue> firstNeeded() {
    var needed = new TreeMap<MemberIndex, VoteValue>();
    valid.entrySet().stream()
        .limit(toss.sharesNeeded())
        .forEach(share -> needed.put(share.getKey(), share.getValue()));
    return Collections.unmodifiableSortedMap(needed);
  }
}
