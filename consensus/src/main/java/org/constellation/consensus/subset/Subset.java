package org.constellation.consensus.subset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.constellation.consensus.Fault;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.agreement.BinaryAgreement;
import org.constellation.consensus.broadcast.ReliableBroadcast;
import org.constellation.consensus.coin.Beacon;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.protocol.crypto.Hash;
import org.jspecify.annotations.Nullable;

/**
 * All correct members agree on the proposals of the same n−f members or more (asynchronous common
 * subset of Ben-Or, Kelmer and Rabin as in Honey Badger; the literature's ACS), and then on a
 * beacon.
 *
 * <pre>
 * broadcast j delivers           input 1 to agreement j, if it has no input yet
 * n−f agreements decided 1       input 0 to every agreement without input
 * all n agreements decided       release the beacon's share
 * done when the broadcast of every agreement with decision 1 has delivered and the beacon is known
 * </pre>
 *
 * <p>One call returns all votes that it caused, over all instances: they fit one envelope. Every
 * method but the queries must be called by one thread at a time. A subset that is done still
 * answers, for members that are behind, until its owner drops it.
 */
public final class Subset implements CommonSubset {

  private final Roster roster;
  private final MemberIndex self;
  private final List<ReliableBroadcast> broadcasts = new ArrayList<>();
  private final List<BinaryAgreement> agreements = new ArrayList<>();
  private final Beacon beacon;
  private int decided;
  private int accepted;
  private @Nullable AgreedSubset agreed;

  /**
   * The round {@code scope} as {@code self} sees it.
   *
   * @param recall what this member's journal knows of the round; then {@link #resume()} comes first
   */
  public Subset(Roster roster, MemberIndex self, CommonCoin coin, CoinScope scope, Recall recall) {
    this.roster = roster;
    this.self = self;
    for (var member : roster.members()) {
      broadcasts.add(new ReliableBroadcast(roster, self, member, recall));
      agreements.add(new BinaryAgreement(roster, self, member.value(), coin, scope, recall));
    }
    this.beacon = new Beacon(roster, self, coin, scope, recall);
  }

  @Override
  public Step<AgreedSubset> resume() {
    var step = new Step.Builder<AgreedSubset>();
    for (var instance : roster.members()) {
      absorbBroadcast(instance, broadcasts.get(instance.value()).resume(), step);
      absorbAgreement(agreements.get(instance.value()).resume(), step);
    }
    step.absorb(beacon.resume());
    advance(step);
    return step.build();
  }

  @Override
  public Step<AgreedSubset> propose(Hash digest) {
    var step = new Step.Builder<AgreedSubset>();
    absorbBroadcast(self, broadcasts.get(self.value()).propose(digest), step);
    advance(step);
    return step.build();
  }

  @Override
  public Step<AgreedSubset> held(MemberIndex proposer, Hash digest) {
    var step = new Step.Builder<AgreedSubset>();
    absorbBroadcast(proposer, broadcasts.get(proposer.value()).held(digest), step);
    advance(step);
    return step.build();
  }

  @Override
  public Step<AgreedSubset> handle(MemberIndex from, Vote vote) {
    var step = new Step.Builder<AgreedSubset>();
    dispatch(from, vote, step);
    advance(step);
    return step.build();
  }

  /** Counts all votes of one envelope of {@code from} and returns what they caused together. */
  public Step<AgreedSubset> handle(MemberIndex from, List<Vote> votes) {
    var step = new Step.Builder<AgreedSubset>();
    for (var vote : votes) {
      dispatch(from, vote, step);
    }
    advance(step);
    return step.build();
  }

  @Override
  public SortedMap<Hash, MemberSet> wanted(MemberIndex proposer) {
    var decision = agreements.get(proposer.value()).decision();
    return decision.isPresent() && !decision.get()
        ? Collections.emptySortedMap()
        : broadcasts.get(proposer.value()).wanted();
  }

  /** The digests delivered so far, by proposer, whether agreed or not. */
  public SortedMap<MemberIndex, Hash> delivered() {
    var delivered = new TreeMap<MemberIndex, Hash>();
    for (var member : roster.members()) {
      broadcasts.get(member.value()).delivered().ifPresent(d -> delivered.put(member, d));
    }
    return delivered;
  }

  /** The decisions so far, by proposer: whether its proposal is in. */
  public SortedMap<MemberIndex, Boolean> decisions() {
    var decisions = new TreeMap<MemberIndex, Boolean>();
    for (var member : roster.members()) {
      agreements.get(member.value()).decision().ifPresent(d -> decisions.put(member, d));
    }
    return decisions;
  }

  @Override
  public int highestAgreementRound() {
    return agreements.stream().mapToInt(BinaryAgreement::round).max().orElse(0);
  }

  @Override
  public Optional<AgreedSubset> agreed() {
    return Optional.ofNullable(agreed);
  }

  private void dispatch(MemberIndex from, Vote vote, Step.Builder<AgreedSubset> step) {
    var slot = vote.slot();
    switch (slot.kind()) {
      case PROPOSE, ECHO, READY, BVAL, AUX, CONF, COIN, TERM -> {
        if (slot.instance() >= roster.size()) {
          step.blame(new Fault.Invalid(from, slot, Fault.Reason.MALFORMED));
        } else {
          dispatch(from, vote, new MemberIndex(slot.instance()), step);
        }
      }
      case BEACON -> step.absorb(beacon.handle(from, vote));
      case CERTIFY -> step.blame(new Fault.Invalid(from, slot, Fault.Reason.MALFORMED));
    }
  }

  private void dispatch(
      MemberIndex from, Vote vote, MemberIndex instance, Step.Builder<AgreedSubset> step) {
    switch (vote.slot().kind()) {
      case PROPOSE, ECHO, READY ->
          absorbBroadcast(instance, broadcasts.get(instance.value()).handle(from, vote), step);
      case BVAL, AUX, CONF, COIN, TERM ->
          absorbAgreement(agreements.get(instance.value()).handle(from, vote), step);
      case BEACON, CERTIFY -> throw new IllegalStateException("not of an instance: " + vote);
    }
  }

  private void absorbBroadcast(
      MemberIndex instance, Step<Hash> inner, Step.Builder<AgreedSubset> step) {
    step.absorb(inner);
    if (!inner.outputs().isEmpty()) {
      absorbAgreement(agreements.get(instance.value()).input(true), step);
    }
  }

  private void absorbAgreement(Step<Boolean> inner, Step.Builder<AgreedSubset> step) {
    step.absorb(inner);
    for (var decision : inner.outputs()) {
      decided++;
      accepted += decision ? 1 : 0;
    }
  }

  private void advance(Step.Builder<AgreedSubset> step) {
    if (agreed != null) {
      return;
    }
    if (accepted >= roster.quorum() && decided < roster.size()) {
      for (var agreement : agreements) {
        absorbAgreement(agreement.input(false), step);
      }
    }
    if (decided == roster.size()) {
      step.absorb(beacon.release());
      conclude(step);
    }
  }

  private void conclude(Step.Builder<AgreedSubset> step) {
    var proposals = new TreeMap<MemberIndex, Hash>();
    for (var member : roster.members()) {
      var in = agreements.get(member.value()).decision().orElseThrow();
      var digest = broadcasts.get(member.value()).delivered();
      if (in && digest.isEmpty()) {
        return;
      }
      if (in) {
        proposals.put(member, digest.orElseThrow());
      }
    }
    if (beacon.value().isPresent()) {
      agreed = new AgreedSubset(proposals, beacon.value().get());
      step.output(agreed);
    }
  }
}
