package org.constellation.consensus.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.agreement.AgreementMessage.Aux;
import org.constellation.consensus.agreement.AgreementMessage.BVal;
import org.constellation.consensus.agreement.AgreementMessage.Coin;
import org.constellation.consensus.agreement.AgreementMessage.Conf;
import org.constellation.consensus.agreement.AgreementMessage.Term;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.testkit.AgreementMachine;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.junit.jupiter.api.Test;

class BinaryAgreementTest {

  private static final int INSTANCE = 2;
  private static final Roster ROSTER = new Roster(4);
  private static final KeyedHashCoins COINS = new KeyedHashCoins(ROSTER, 1);
  private static final CoinScope SCOPE = new CoinScope("test", 0, 0, COINS.keySet(), 0, 0);
  private static final MemberIndex SELF = new MemberIndex(0);

  private BinaryAgreement agreement = machine(Recall.nothing());

  @Test
  void aUnanimousOneEndsInRoundZeroWithTheFewestMessages() {
    // n−f correct members, the rest silent: BVAL, AUX, TERM and the BVAL of round 1, n copies each.
    assertThat(copiesOfAUnanimousRun(4)).isEqualTo(48);
    assertThat(copiesOfAUnanimousRun(7)).isEqualTo(140);
    assertThat(copiesOfAUnanimousRun(10)).isEqualTo(280);
  }

  private static int copiesOfAUnanimousRun(int size) {
    var roster = new Roster(size);
    var network = new ScriptedNetwork(roster, roster.quorum(), AgreementMachine::real, 1);
    for (var member = 0; member < roster.quorum(); member++) {
      network.input(member, true);
    }
    network.deliverAll();
    assertThat(network.allDecided(true)).isTrue();
    return network.sent() * size;
  }

  @Test
  void relaysEitherValueOnceAtFPlusOne() {
    assertThat(said(agreement.input(true))).containsExactly(new BVal(0, true));
    assertThat(said(hear(1, new BVal(0, false)))).isEmpty();
    assertThat(said(hear(2, new BVal(0, false))))
        .containsExactly(new BVal(0, false), new Aux(0, false));
    assertThat(said(hear(3, new BVal(0, false)))).isEmpty();
  }

  @Test
  void countsAMembersAuxOnce() {
    var _ = agreement.input(false);
    var _ = hear(1, new BVal(0, false));
    assertThat(said(hear(2, new BVal(0, false)))).containsExactly(new Aux(0, false));
    for (var repeat = 0; repeat < 5; repeat++) {
      assertThat(hear(1, new Aux(0, false)).isIdle()).isTrue();
    }
    assertThat(agreement.round()).isZero();
    assertThat(said(hear(2, new Aux(0, false)))).containsExactly(new BVal(1, false));
    assertThat(agreement.round()).isEqualTo(1);
  }

  @Test
  void confirmsWithTheValuesOfAuxAndTossesAfterAQuorumOfConf() {
    reachTheRandomRound();
    var _ = hear(1, new BVal(2, false));
    var _ = hear(2, new BVal(2, false));
    var _ = hear(1, new BVal(2, true));
    assertThat(said(hear(2, new BVal(2, true)))).containsExactly(new BVal(2, true));
    var _ = hear(1, new Aux(2, false));
    // Both values are binding, but only 0 was seen in AUX votes: CONF says {0}.
    var confirmed = hear(2, new Aux(2, false));
    assertThat(said(confirmed)).containsExactly(new Conf(2, BinaryValues.ZERO));
    assertThat(confirmed.frozen())
        .containsExactly(new Frozen(INSTANCE, Frozen.Kind.AUX_VALUES, 2, BinaryValues.ZERO));
    assertThat(hear(1, new Conf(2, BinaryValues.ZERO)).isIdle()).isTrue();
    var tossed = hear(2, new Conf(2, BinaryValues.BOTH));
    assertThat(said(tossed)).hasSize(1).first().isInstanceOf(Coin.class);
    assertThat(tossed.frozen())
        .containsExactly(new Frozen(INSTANCE, Frozen.Kind.CONF_UNION, 2, BinaryValues.BOTH));
    assertThat(agreement.round()).isEqualTo(2);
    var _ = hear(1, new Coin(2, share(1, 2)));
    assertThat(agreement.round()).isEqualTo(3);
  }

  @Test
  void doesNotAcceptAConfWithAValueThatIsNotBinding() {
    reachTheRandomRound();
    var _ = hear(1, new BVal(2, false));
    var _ = hear(2, new BVal(2, false));
    var _ = hear(1, new Aux(2, false));
    var _ = hear(2, new Aux(2, false));
    var _ = hear(1, new Conf(2, BinaryValues.BOTH));
    assertThat(hear(2, new Conf(2, BinaryValues.ONE)).isIdle()).isTrue();
    assertThat(said(hear(3, new Conf(2, BinaryValues.ZERO)))).isEmpty();
  }

  @Test
  void anInvalidShareIsNotUsedAndItsSenderBlamed() {
    reachTheRandomRound();
    var _ = hear(3, new Coin(2, VoteValue.ofByte(1)));
    finishRandomRoundUpToTheCoin();
    assertThat(agreement.round()).isEqualTo(2);
    var _ = hear(1, new Coin(2, share(1, 2)));
    assertThat(agreement.round()).isEqualTo(3);
  }

  @Test
  void blamesForAnInvalidShareOnlyWhenItIsLookedAt() {
    reachTheRandomRound();
    assertThat(hear(3, new Coin(2, VoteValue.ofByte(1))).faults()).isEmpty();
    var step = finishRandomRoundUpToTheCoin();
    assertThat(step.faults())
        .containsExactly(
            new Fault.Invalid(
                new MemberIndex(3),
                new Slot(INSTANCE, SlotKind.COIN, 2),
                Fault.Reason.INVALID_SHARE));
  }

  @Test
  void decidesOnFPlusOneTermsAndHaltsOnTwoFPlusOne() {
    assertThat(hear(1, new Term(true)).isIdle()).isTrue();
    var decided = hear(2, new Term(true));
    assertThat(decided.outputs()).containsExactly(true);
    assertThat(said(decided)).contains(new Term(true));
    assertThat(agreement.isHalted()).isTrue(); // its own TERM is the third
    assertThat(agreement.input(false).isIdle()).isTrue();
  }

  @Test
  void fPlusOneTermsAndItsOwnDoNotHaltALargerCommittee() {
    agreement = machine(new Roster(7), Recall.nothing());
    for (var from = 1; from <= 3; from++) {
      var _ = hear(from, new Term(true));
    }
    assertThat(agreement.decision()).contains(true);
    assertThat(agreement.isHalted()).isFalse();
    var _ = hear(4, new Term(true));
    assertThat(agreement.isHalted()).isTrue();
  }

  @Test
  void estimatesItsDecisionOnceItHasDecided() {
    agreement = machine(new Roster(7), Recall.nothing());
    var _ = agreement.input(false);
    for (var from = 1; from <= 4; from++) {
      var _ = hear(from, new BVal(0, false));
    }
    for (var from = 1; from <= 3; from++) {
      var _ = hear(from, new Term(true));
      var _ = hear(from, new Aux(0, false));
    }
    assertThat(said(hear(4, new Aux(0, false)))).containsExactly(new BVal(1, true));
  }

  @Test
  void takesPartAfterItDecidedUntilItHalts() {
    var _ = agreement.input(true);
    var _ = hear(1, new BVal(0, true));
    var _ = hear(2, new BVal(0, true));
    var _ = hear(1, new Aux(0, true));
    var decided = hear(2, new Aux(0, true));
    assertThat(decided.outputs()).containsExactly(true);
    assertThat(said(decided)).containsExactly(new Term(true), new BVal(1, true));
    // A member that is still in round 0 gets the relay that it needs.
    var _ = hear(2, new BVal(0, false));
    assertThat(said(hear(3, new BVal(0, false)))).containsExactly(new BVal(0, false));
    var _ = hear(1, new BVal(1, true));
    assertThat(said(hear(2, new BVal(1, true)))).containsExactly(new Aux(1, true));
  }

  @Test
  void twoDifferentValuesInASlotAreEvidenceAndTheFirstCounts() {
    var _ = hear(1, new Aux(5, true));
    var fault = hear(1, new Aux(5, false)).faults();
    assertThat(fault)
        .containsExactly(
            new Fault.Equivocated(
                new MemberIndex(1),
                new Slot(INSTANCE, SlotKind.AUX, 5),
                VoteValue.ofByte(1),
                VoteValue.ofByte(0)));
    var _ = hear(1, new Conf(5, BinaryValues.BOTH));
    assertThat(hear(1, new Conf(5, BinaryValues.ONE)).faults()).hasSize(1);
    var _ = hear(1, new Coin(5, share(1, 5)));
    assertThat(hear(1, new Coin(5, share(2, 5))).faults()).hasSize(1);
    var _ = hear(1, new Term(true));
    assertThat(hear(1, new Term(false)).faults()).hasSize(1);
  }

  @Test
  void bothBvalsOfOneMemberAreLegal() {
    assertThat(hear(1, new BVal(0, true)).faults()).isEmpty();
    assertThat(hear(1, new BVal(0, false)).faults()).isEmpty();
    assertThat(hear(1, new BVal(0, true)).isIdle()).isTrue();
  }

  @Test
  void keepsVotesUpTo64RoundsAheadAndForgetsWhatIsBeyond() {
    var _ = hear(1, new Aux(64, true));
    assertThat(hear(1, new Aux(64, false)).faults()).hasSize(1);
    var _ = hear(1, new Aux(65, true));
    assertThat(hear(1, new Aux(65, false)).isIdle()).isTrue();
    assertThat(hear(1, new BVal(Slot.AGREEMENT_ROUND_MAX, true)).isIdle()).isTrue();
  }

  @Test
  void malformedVotesAreBlamedAndChangeNothing() {
    for (var vote :
        List.of(
            vote(SlotKind.BVAL, 0, 1),
            vote(SlotKind.AUX, 0),
            vote(SlotKind.AUX, 0, 2),
            vote(SlotKind.AUX, 0, 1, 1),
            vote(SlotKind.CONF, 0, 0),
            vote(SlotKind.CONF, 0, 4),
            vote(SlotKind.TERM, 1, 1),
            vote(SlotKind.TERM, 0),
            vote(SlotKind.ECHO, 0, 1))) {
      var step = agreement.handle(new MemberIndex(1), vote);
      assertThat(step.faults())
          .containsExactly(
              new Fault.Invalid(new MemberIndex(1), vote.slot(), Fault.Reason.MALFORMED));
    }
  }

  @Test
  void everyMessageComesBackFromItsVote() {
    Stream.of(
            new BVal(0, false),
            new BVal(Slot.AGREEMENT_ROUND_MAX, true),
            new Aux(7, true),
            new Conf(3, BinaryValues.ZERO),
            new Conf(3, BinaryValues.ONE),
            new Conf(3, BinaryValues.BOTH),
            new Coin(2, share(1, 2)),
            new Term(false))
        .forEach(message -> assertThat(AgreementMessage.from(message.toVote(9))).contains(message));
  }

  @Test
  void afterACrashItSaysWhatItSaidAndGoesOnFromThere() {
    var steps = new ArrayList<Step<Boolean>>();
    steps.add(agreement.input(false));
    steps.add(hear(1, new BVal(0, false)));
    steps.add(hear(2, new BVal(0, false)));
    steps.add(hear(1, new Aux(0, false)));
    steps.add(hear(2, new Aux(0, false)));
    assertThat(agreement.round()).isEqualTo(1);
    var votes = steps.stream().flatMap(step -> step.votes().stream()).toList();
    var frozen = steps.stream().flatMap(step -> step.frozen().stream()).toList();

    agreement = machine(Recall.of(votes, frozen));
    var resumed = agreement.resume();
    assertThat(resumed.votes()).containsExactlyInAnyOrderElementsOf(votes);
    assertThat(agreement.round()).isEqualTo(1);
    assertThat(agreement.input(true).isIdle()).isTrue();
    // In the new life 1 becomes binding in round 0 first: AUX(0, 0) stands nevertheless.
    var _ = hear(1, new BVal(0, true));
    assertThat(said(hear(2, new BVal(0, true)))).containsExactly(new BVal(0, true));
  }

  @Test
  void afterACrashTheRecalledUnionCountsNotWhatIsHeardAnew() {
    var votes =
        List.of(
            new Conf(2, BinaryValues.ZERO).toVote(INSTANCE),
            new Coin(2, share(0, 2)).toVote(INSTANCE));
    var frozen =
        List.of(
            new Frozen(INSTANCE, Frozen.Kind.INPUT, 0, BinaryValues.ZERO),
            new Frozen(INSTANCE, Frozen.Kind.AUX_VALUES, 0, BinaryValues.BOTH),
            new Frozen(INSTANCE, Frozen.Kind.AUX_VALUES, 1, BinaryValues.BOTH),
            new Frozen(INSTANCE, Frozen.Kind.AUX_VALUES, 2, BinaryValues.ZERO),
            new Frozen(INSTANCE, Frozen.Kind.CONF_UNION, 2, BinaryValues.BOTH));
    agreement = machine(Recall.of(votes, frozen));
    var _ = agreement.resume();
    assertThat(agreement.round()).isEqualTo(2);
    var tossed = hear(1, new Coin(2, share(1, 2)));
    assertThat(tossed.outputs()).isEmpty();
    var coin = COINS.foreseeBit(SCOPE.name(INSTANCE, 2));
    assertThat(said(tossed)).containsExactly(new BVal(3, coin));
  }

  @Test
  void aRecalledDecisionIsAnnouncedAgain() {
    var term = new Term(true).toVote(INSTANCE);
    agreement = machine(Recall.of(List.of(term), List.of()));
    var resumed = agreement.resume();
    assertThat(resumed.outputs()).containsExactly(true);
    assertThat(resumed.votes()).contains(term);
  }

  @Test
  void ignoresItsOwnVotesFromTheLog() {
    assertThat(agreement.handle(SELF, new Term(true).toVote(INSTANCE)).isIdle()).isTrue();
    var _ = hear(1, new Term(true));
    assertThat(agreement.decision()).isEmpty();
  }

  private void reachTheRandomRound() {
    var _ = agreement.input(false);
    for (var round = 0; round < 2; round++) {
      for (var from = 1; from <= 2; from++) {
        var _ = hear(from, new BVal(round, false));
        var _ = hear(from, new BVal(round, true));
      }
      var _ = hear(1, new Aux(round, true));
      var _ = hear(2, new Aux(round, round == 0));
    }
    // Estimates: the coin of round 0 would be 1 and that of round 1 is 0.
    assertThat(agreement.round()).isEqualTo(2);
    assertThat(agreement.decision()).isEmpty();
  }

  private Step<Boolean> finishRandomRoundUpToTheCoin() {
    for (var from = 1; from <= 2; from++) {
      var _ = hear(from, new BVal(2, false));
      var _ = hear(from, new BVal(2, true));
      var _ = hear(from, new Aux(2, from == 1));
    }
    var _ = hear(1, new Conf(2, BinaryValues.BOTH));
    return hear(2, new Conf(2, BinaryValues.BOTH));
  }

  private Step<Boolean> hear(int from, AgreementMessage message) {
    return agreement.handle(new MemberIndex(from), message.toVote(INSTANCE));
  }

  private static List<AgreementMessage> said(Step<Boolean> step) {
    return step.votes().stream().map(vote -> AgreementMessage.from(vote).orElseThrow()).toList();
  }

  private static VoteValue share(int member, int round) {
    return COINS.of(new MemberIndex(member)).toss(SCOPE.name(INSTANCE, round)).share();
  }

  private static Vote vote(SlotKind kind, int step, int... value) {
    var bytes = new byte[value.length];
    for (var i = 0; i < value.length; i++) {
      bytes[i] = (byte) value[i];
    }
    return new Vote(new Slot(INSTANCE, kind, step), VoteValue.of(bytes));
  }

  private static BinaryAgreement machine(Recall recall) {
    return machine(ROSTER, recall);
  }

  private static BinaryAgreement machine(Roster roster, Recall recall) {
    return new BinaryAgreement(roster, SELF, INSTANCE, COINS.of(SELF), SCOPE, recall);
  }
}
