package org.constellation.simulation.decided;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.consensus.Fault;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Recall;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.broadcast.BroadcastMessage;
import org.constellation.consensus.subset.AgreedSubset;
import org.constellation.consensus.subset.CommonSubset;
import org.constellation.protocol.crypto.Hash;
import org.constellation.simulation.time.Machine;
import org.jspecify.annotations.Nullable;

/**
 * One round as one life of a member sees it: it says which payload is its own, hears that of the
 * others, holds payloads, and learns what {@link Decisions} decided. No other vote is cast.
 */
final class DecidedSubset implements CommonSubset {

  private final Decisions decisions;
  private final long round;
  private final MemberIndex self;
  private final Machine.Life life;
  private final Recall recall;
  private final TreeMap<MemberIndex, Hash> named = new TreeMap<>();
  private final TreeMap<MemberIndex, TreeSet<Hash>> held = new TreeMap<>();
  private final List<Fresh> fresh = new ArrayList<>();
  private @Nullable AgreedSubset agreed;

  /**
   * A payload that was held in a turn whose batch may not be on disk yet.
   *
   * @param happened what had happened before
   */
  private record Fresh(MemberIndex proposer, Hash digest, long happened) {}

  DecidedSubset(
      Decisions decisions, long round, MemberIndex self, Machine.Life life, Recall recall) {
    this.decisions = decisions;
    this.round = round;
    this.self = self;
    this.life = life;
    this.recall = recall;
  }

  long round() {
    return round;
  }

  MemberIndex self() {
    return self;
  }

  Machine.Life life() {
    return life;
  }

  /** Its own proposal, once that is on disk. */
  Optional<Hash> own() {
    return Optional.ofNullable(named.get(self)).filter(digest -> isHeld(self, digest));
  }

  /** The payloads of a proposer that are on disk. */
  SortedSet<Hash> held(MemberIndex proposer) {
    var digests = held.get(proposer);
    return digests == null ? Collections.emptySortedSet() : digests;
  }

  /** Of how many proposers it has a payload on disk. */
  int proposersHeld() {
    return held.size();
  }

  boolean isHeld(MemberIndex proposer, Hash digest) {
    return held(proposer).contains(digest);
  }

  /** A member begins no turn before the last one's batch is synced. */
  private void beginTurn() {
    if (fresh.isEmpty()) {
      return;
    }
    var now = decisions.happened();
    var isNews =
        fresh.removeIf(
            one -> {
              var isOnDisk = one.happened() < now;
              if (isOnDisk) {
                held.computeIfAbsent(one.proposer(), _ -> new TreeSet<>()).add(one.digest());
              }
              return isOnDisk;
            });
    if (isNews) {
      decisions.changed(round);
    }
  }

  @Override
  public Step<AgreedSubset> resume() {
    var step = new Step.Builder<AgreedSubset>();
    for (var vote : recall.votesOf(self.value())) {
      BroadcastMessage.from(vote)
          .filter(BroadcastMessage.Propose.class::isInstance)
          .ifPresent(
              message -> {
                named.put(self, message.digest());
                decisions.changed(round);
                step.vote(vote);
              });
    }
    return step.build();
  }

  @Override
  public Step<AgreedSubset> propose(Hash digest) {
    beginTurn();
    var step = new Step.Builder<AgreedSubset>();
    if (named.putIfAbsent(self, digest) == null) {
      decisions.changed(round);
      step.vote(new BroadcastMessage.Propose(digest).toVote(self));
    }
    return step.build();
  }

  @Override
  public Step<AgreedSubset> held(MemberIndex proposer, Hash digest) {
    beginTurn();
    fresh.add(new Fresh(proposer, digest, decisions.happened()));
    return Step.idle();
  }

  @Override
  public Step<AgreedSubset> handle(MemberIndex from, Vote vote) {
    beginTurn();
    if (vote.slot().kind() != SlotKind.PROPOSE || from.equals(self)) {
      return Step.idle();
    }
    var step = new Step.Builder<AgreedSubset>();
    var message = BroadcastMessage.from(vote);
    if (message.isEmpty() || vote.slot().instance() >= decisions.members()) {
      step.blame(new Fault.Invalid(from, vote.slot(), Fault.Reason.MALFORMED));
    } else if (vote.slot().instance() != from.value()) {
      step.blame(new Fault.Invalid(from, vote.slot(), Fault.Reason.PROPOSED_OUT_OF_TURN));
    } else {
      var before = named.putIfAbsent(from, message.get().digest());
      if (before != null && !before.equals(message.get().digest())) {
        var first = new BroadcastMessage.Propose(before).toVote(from);
        step.blame(new Fault.Equivocated(from, vote.slot(), first.value(), vote.value()));
      }
    }
    return step.build();
  }

  @Override
  public SortedMap<Hash, MemberSet> wanted(MemberIndex proposer) {
    beginTurn();
    var decided = decisions.decided(round);
    var digest =
        decided.isPresent() ? decided.get().proposals().get(proposer) : named.get(proposer);
    if (digest == null || has(proposer, digest)) {
      return Collections.emptySortedMap();
    }
    var wanted = new TreeMap<Hash, MemberSet>();
    wanted.put(digest, decisions.holders(round, proposer, digest).without(self).with(proposer));
    return wanted;
  }

  private boolean has(MemberIndex proposer, Hash digest) {
    return isHeld(proposer, digest)
        || fresh.stream()
            .anyMatch(one -> one.proposer().equals(proposer) && one.digest().equals(digest));
  }

  @Override
  public int highestAgreementRound() {
    return 0;
  }

  @Override
  public Optional<AgreedSubset> agreed() {
    beginTurn();
    if (agreed == null) {
      agreed =
          decisions
              .heardBy(this)
              .filter(
                  heard ->
                      heard.proposals().entrySet().stream()
                          .allMatch(one -> has(one.getKey(), one.getValue())))
              .orElse(null);
    }
    return Optional.ofNullable(agreed);
  }
}
