package org.constellation.consensus.agreement;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.constellation.consensus.BinaryValues;
import org.constellation.consensus.Fault;
import org.constellation.consensus.Frozen;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteTally;
import org.constellation.consensus.agreement.AgreementMessage.Aux;
import org.constellation.consensus.agreement.AgreementMessage.BVal;
import org.constellation.consensus.agreement.AgreementMessage.Coin;
import org.constellation.consensus.agreement.AgreementMessage.Conf;
import org.constellation.consensus.agreement.AgreementMessage.Term;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.consensus.coin.ShareTally;
import org.constellation.protocol.crypto.Hash;
import org.jspecify.annotations.Nullable;

/**
 * All correct members decide the same bit, and one that a correct member put in (binary Byzantine
 * agreement of Mostéfaoui, Moumen and Raynal, with CONF before a random coin and TERM at the end).
 *
 * <pre>
 * enter round r       BVAL(r, est)
 * f+1  BVAL(r, v)     BVAL(r, v), once per value; in past rounds too, until halted
 * 2f+1 BVAL(r, v)     bins += v; at the first: AUX(r, v)
 * n−f  AUX in bins    vals := their values
 *                     r mod 3 = 0 or 1: the coin is 1 or 0 for everybody; finish(vals)
 *                     r mod 3 = 2: CONF(r, vals)
 * n−f  CONF in bins   V := the union of their sets; COIN(r, share)
 * f+1  valid shares   finish(V)
 * finish(V)           V = {v}: est := v, and if v is the coin decide v, TERM(v)
 *                     V = {0,1}: est := coin;  on to round r+1
 * f+1  TERM(v)        decide v, TERM(v)
 * 2f+1 TERM(v)        halt
 * </pre>
 *
 * <p>Three points look as if they could be simpler, and cannot. After the coin, the <em>union</em>
 * of the CONF sets counts, not this member's own AUX result: otherwise a scheduler that sees the
 * coin keeps the members split for ever. Who has decided takes part until it halts, and BVAL of
 * past rounds is relayed: otherwise one member that helps another to finish early and then falls
 * silent stops the rest.
 */
public final class BinaryAgreement {

  /** How far ahead votes are kept. An honest run needs more with a probability of about 2^−21. */
  public static final int FUTURE_ROUNDS_MAX = 64;

  private final Roster roster;
  private final MemberIndex self;
  private final int instance;
  private final CommonCoin coin;
  private final CoinScope scope;
  private final Recall recall;
  private final SortedMap<Integer, AgreementRound> rounds = new TreeMap<>();
  private final VoteTally<Boolean> terms;
  private int round;
  private @Nullable Boolean estimate;
  private @Nullable Boolean decision;
  private boolean halted;

  /** The agreement number {@code instance} of the layer round {@code scope}. */
  public BinaryAgreement(
      Roster roster,
      MemberIndex self,
      int instance,
      CommonCoin coin,
      CoinScope scope,
      Recall recall) {
    this.roster = roster;
    this.self = self;
    this.instance = instance;
    this.coin = coin;
    this.scope = scope;
    this.recall = recall;
    this.terms = new VoteTally<>(roster);
    this.estimate =
        recall.frozen(instance, Frozen.Kind.INPUT, 0).flatMap(BinaryValues::single).orElse(null);
    for (var vote : recall.votesOf(instance)) {
      AgreementMessage.from(vote).ifPresent(message -> count(self, message));
    }
    this.decision = terms.of(self).orElse(null);
    if (estimate == null) {
      estimate = decision;
    }
  }

  /** Sends the recalled votes again and announces a recalled decision. First after a restart. */
  public Step<Boolean> resume() {
    var step = new Step.Builder<Boolean>();
    for (var vote : recall.votesOf(instance)) {
      if (AgreementMessage.from(vote).isPresent()) {
        step.vote(vote);
      }
    }
    if (decision != null) {
      step.output(decision);
    }
    advance(step);
    return step.build();
  }

  /** Puts in this member's bit. One put in before, also in an earlier life, stands. */
  public Step<Boolean> input(boolean value) {
    if (halted || hasInput()) {
      return Step.idle();
    }
    var step = new Step.Builder<Boolean>();
    estimate = value;
    step.freeze(new Frozen(instance, Frozen.Kind.INPUT, 0, BinaryValues.of(value)));
    advance(step);
    return step.build();
  }

  /** Counts a vote of {@code from} in this agreement. */
  public Step<Boolean> handle(MemberIndex from, Vote vote) {
    if (halted || from.equals(self)) {
      return Step.idle();
    }
    var step = new Step.Builder<Boolean>();
    AgreementMessage.from(vote)
        .ifPresentOrElse(
            message -> receive(from, message, step),
            () -> step.blame(new Fault.Invalid(from, vote.slot(), Fault.Reason.MALFORMED)));
    return step.build();
  }

  /** Whether an input is needless: there was one, or the votes of others stood in for it. */
  public boolean hasInput() {
    return estimate != null;
  }

  /** What was decided. */
  public Optional<Boolean> decision() {
    return Optional.ofNullable(decision);
  }

  /** Whether nothing more will be said or needed from this member. */
  public boolean isHalted() {
    return halted;
  }

  /** The round that this member is in. */
  public int round() {
    return round;
  }

  private void receive(MemberIndex from, AgreementMessage message, Step.Builder<Boolean> step) {
    if (roundOf(message) > round + FUTURE_ROUNDS_MAX) {
      return; // either its sender is faulty, or TERM votes will tell what it knows
    }
    switch (count(from, message)) {
      case NEW -> {
        if (message instanceof BVal(var past, var value) && past < round) {
          relay(past, value, step);
        } else if (message instanceof Term || roundOf(message) == round) {
          advance(step);
        }
      }
      case REPEATED -> {}
      case CONFLICTING -> step.blame(equivocation(from, message));
    }
  }

  private static int roundOf(AgreementMessage message) {
    return switch (message) {
      case BVal(var round, var _) -> round;
      case Aux(var round, var _) -> round;
      case Conf(var round, var _) -> round;
      case Coin(var round, var _) -> round;
      case Term _ -> 0;
    };
  }

  private VoteTally.Cast count(MemberIndex from, AgreementMessage message) {
    return switch (message) {
      case BVal(var in, var value) -> at(in).bval(value).cast(from, value);
      case Aux(var in, var value) -> at(in).aux.cast(from, value);
      case Conf(var in, var values) -> at(in).conf.cast(from, values);
      case Coin(var in, var share) -> at(in).shares.cast(from, share);
      case Term(var value) -> terms.cast(from, value);
    };
  }

  private Fault equivocation(MemberIndex from, AgreementMessage second) {
    var first =
        switch (second) {
          case BVal _ -> throw new IllegalStateException("a BVAL slot has one value only");
          case Aux(var in, var _) -> new Aux(in, at(in).aux.of(from).orElseThrow());
          case Conf(var in, var _) -> new Conf(in, at(in).conf.of(from).orElseThrow());
          case Coin(var in, var _) -> new Coin(in, at(in).shares.of(from).orElseThrow());
          case Term _ -> new Term(terms.of(from).orElseThrow());
        };
    var vote = second.toVote(instance);
    return new Fault.Equivocated(from, vote.slot(), first.toVote(instance).value(), vote.value());
  }

  private void advance(Step.Builder<Boolean> step) {
    do {
      heedTerms(step);
    } while (!halted && advanceRound(step));
  }

  private void heedTerms(Step.Builder<Boolean> step) {
    for (var value : new boolean[] {false, true}) {
      if (terms.count(value) >= roster.oneCorrect() && decision == null) {
        decide(value, step);
      }
      if (terms.count(value) >= roster.correctMajority()) {
        halted = true;
      }
    }
  }

  /** Takes the current round as far as its votes allow. Returns whether the next was entered. */
  private boolean advanceRound(Step.Builder<Boolean> step) {
    var now = at(round);
    if (estimate != null && !now.bval(estimate).has(self)) {
      say(new BVal(round, estimate), step);
    }
    relay(round, false, step);
    relay(round, true, step);
    bind(now, false, step);
    bind(now, true, step);
    settleVals(now, step);
    if (now.vals == null) {
      return false;
    }
    var fixed = fixedCoin(round);
    if (fixed.isPresent()) {
      finish(now.vals, fixed.get(), step);
      return true;
    }
    return advanceRandomRound(now, now.vals, step);
  }

  private boolean advanceRandomRound(
      AgreementRound now, BinaryValues vals, Step.Builder<Boolean> step) {
    if (!now.conf.has(self)) {
      say(new Conf(round, vals), step);
    }
    settleUnion(now, step);
    if (now.union == null) {
      return false;
    }
    if (!now.shares.has(self)) {
      say(new Coin(round, now.shares.own()), step);
    }
    var tossed = now.shares.outcome(step);
    if (tossed.isEmpty()) {
      return false;
    }
    finish(now.union, lastBit(tossed.get()), step);
    return true;
  }

  private void relay(int in, boolean value, Step.Builder<Boolean> step) {
    var bvals = at(in).bval(value);
    if (!bvals.has(self) && bvals.count(value) >= roster.oneCorrect()) {
      say(new BVal(in, value), step);
    }
  }

  private void bind(AgreementRound now, boolean value, Step.Builder<Boolean> step) {
    if (!now.bins.contains(value) && now.bval(value).count(value) >= roster.correctMajority()) {
      now.bins = now.bins.union(BinaryValues.of(value));
      if (!now.aux.has(self)) {
        say(new Aux(round, value), step);
      }
    }
  }

  private void settleVals(AgreementRound now, Step.Builder<Boolean> step) {
    if (now.vals == null && now.acceptedAux() >= roster.quorum()) {
      now.vals = now.auxValues();
      step.freeze(new Frozen(instance, Frozen.Kind.AUX_VALUES, round, now.vals));
    }
  }

  private void settleUnion(AgreementRound now, Step.Builder<Boolean> step) {
    if (now.union == null && now.acceptedConf() >= roster.quorum()) {
      now.union = now.confUnion();
      step.freeze(new Frozen(instance, Frozen.Kind.CONF_UNION, round, now.union));
    }
  }

  /** The coin of the rounds in which it needs no toss, as most agreements end there. */
  private static Optional<Boolean> fixedCoin(int round) {
    return switch (round % 3) {
      case 0 -> Optional.of(true);
      case 1 -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static boolean lastBit(Hash outcome) {
    return (outcome.toBytes()[Hash.LENGTH - 1] & 1) == 1;
  }

  private void finish(BinaryValues values, boolean tossed, Step.Builder<Boolean> step) {
    var single = values.single();
    estimate = single.orElse(tossed);
    if (decision == null && single.isPresent() && single.get() == tossed) {
      decide(tossed, step);
    }
    if (decision != null) {
      estimate = decision;
    }
    round++;
  }

  private void decide(boolean value, Step.Builder<Boolean> step) {
    decision = value;
    if (estimate == null) {
      estimate = value;
    }
    step.output(value);
    if (!terms.has(self)) {
      say(new Term(value), step);
    }
  }

  private void say(AgreementMessage message, Step.Builder<Boolean> step) {
    if (count(self, message) != VoteTally.Cast.NEW) {
      throw new IllegalStateException("said before: " + message);
    }
    step.vote(message.toVote(instance));
  }

  private AgreementRound at(int number) {
    return rounds.computeIfAbsent(number, this::open);
  }

  private AgreementRound open(int number) {
    var slot = new Slot(instance, SlotKind.COIN, number);
    var toss = coin.toss(scope.name(instance, number));
    var opened = new AgreementRound(roster, new ShareTally(roster, self, toss, slot));
    opened.vals = recall.frozen(instance, Frozen.Kind.AUX_VALUES, number).orElse(null);
    opened.union = recall.frozen(instance, Frozen.Kind.CONF_UNION, number).orElse(null);
    return opened;
  }

  @Override
  public String toString() {
    return "agreement " + instance + " round " + round + " decision=" + decision;
  }
}
