package org.constellation.consensus.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.constellation.consensus.Fault;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.broadcast.BroadcastMessage.Echo;
import org.constellation.consensus.broadcast.BroadcastMessage.Propose;
import org.constellation.consensus.broadcast.BroadcastMessage.Ready;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.junit.jupiter.api.Test;

class ReliableBroadcastTest {

  private static final Roster ROSTER = new Roster(4);
  private static final MemberIndex SELF = new MemberIndex(0);
  private static final MemberIndex PROPOSER = new MemberIndex(3);
  private static final Hash PAYLOAD = Hashing.tagged("TEST").number(1).finish();
  private static final Hash OTHER = Hashing.tagged("TEST").number(2).finish();

  private ReliableBroadcast broadcast = machine(Recall.nothing());

  @Test
  void echoesWhatWasProposedOnlyOnceItIsHeld() {
    assertThat(hear(3, new Propose(PAYLOAD)).isIdle()).isTrue();
    assertThat(said(broadcast.held(PAYLOAD))).containsExactly(new Echo(PAYLOAD));
    assertThat(broadcast.held(PAYLOAD).isIdle()).isTrue();
  }

  @Test
  void echoesOnlyTheFirstProposal() {
    var _ = hear(3, new Propose(PAYLOAD));
    assertThat(hear(3, new Propose(OTHER)).faults())
        .containsExactly(
            new Fault.Equivocated(
                PROPOSER,
                new Slot(3, SlotKind.PROPOSE, 0),
                VoteValue.of(PAYLOAD.toBytes()),
                VoteValue.of(OTHER.toBytes())));
    assertThat(broadcast.held(OTHER).isIdle()).isTrue();
    assertThat(said(broadcast.held(PAYLOAD))).containsExactly(new Echo(PAYLOAD));
  }

  @Test
  void isReadyOnAQuorumOfEchoesAlsoWithoutThePayload() {
    var _ = hear(1, new Echo(PAYLOAD));
    assertThat(hear(1, new Echo(PAYLOAD)).isIdle()).isTrue();
    assertThat(hear(2, new Echo(PAYLOAD)).isIdle()).isTrue();
    assertThat(said(hear(3, new Echo(PAYLOAD)))).containsExactly(new Ready(PAYLOAD));
  }

  @Test
  void isReadyOnFPlusOneReadies() {
    assertThat(hear(1, new Ready(PAYLOAD)).isIdle()).isTrue();
    assertThat(said(hear(2, new Ready(PAYLOAD)))).containsExactly(new Ready(PAYLOAD));
  }

  @Test
  void deliversOnTwoFPlusOneReadiesOnceThePayloadIsHeld() {
    var _ = hear(1, new Ready(PAYLOAD));
    assertThat(hear(2, new Ready(PAYLOAD)).outputs()).isEmpty();
    assertThat(broadcast.held(PAYLOAD).outputs()).containsExactly(PAYLOAD);
    assertThat(hear(3, new Ready(PAYLOAD)).isIdle()).isTrue();
    assertThat(broadcast.delivered()).contains(PAYLOAD);
  }

  @Test
  void fPlusOneReadiesAndItsOwnDoNotDeliverInALargerCommittee() {
    broadcast = new ReliableBroadcast(new Roster(7), SELF, PROPOSER, Recall.nothing());
    var _ = broadcast.held(PAYLOAD);
    var _ = hear(1, new Ready(PAYLOAD));
    var _ = hear(2, new Ready(PAYLOAD));
    var amplified = hear(3, new Ready(PAYLOAD));
    assertThat(said(amplified)).containsExactly(new Ready(PAYLOAD));
    assertThat(amplified.outputs()).isEmpty();
    assertThat(hear(4, new Ready(PAYLOAD)).outputs()).containsExactly(PAYLOAD);
  }

  @Test
  void deliversOnTheLastReadyIfThePayloadWasHeldBefore() {
    var _ = broadcast.held(PAYLOAD);
    var _ = hear(1, new Ready(PAYLOAD));
    assertThat(hear(2, new Ready(PAYLOAD)).outputs()).containsExactly(PAYLOAD);
  }

  @Test
  void wantsTheFirstProposalFromItsProposerAndWhoEchoedIt() {
    assertThat(broadcast.wanted()).isEmpty();
    var _ = hear(3, new Propose(PAYLOAD));
    assertThat(broadcast.wanted()).containsOnlyKeys(PAYLOAD);
    assertThat(broadcast.wanted()).containsEntry(PAYLOAD, MemberSet.of(PROPOSER));
    var _ = hear(1, new Echo(PAYLOAD));
    assertThat(broadcast.wanted())
        .containsEntry(PAYLOAD, MemberSet.of(PROPOSER).with(new MemberIndex(1)));
    var _ = broadcast.held(PAYLOAD);
    assertThat(broadcast.wanted()).isEmpty();
  }

  @Test
  void wantsAnotherPayloadOnlyWhenEnoughMembersStandBehindIt() {
    var _ = hear(3, new Propose(PAYLOAD));
    var _ = broadcast.held(PAYLOAD);
    var _ = hear(1, new Echo(OTHER));
    var _ = hear(1, new Ready(OTHER));
    assertThat(broadcast.wanted()).isEmpty();
    var _ = hear(2, new Ready(OTHER));
    assertThat(broadcast.wanted()).containsEntry(OTHER, MemberSet.of(new MemberIndex(1)));
  }

  @Test
  void wantsWhatAQuorumEchoed() {
    for (var from = 1; from <= 3; from++) {
      var _ = hear(from, new Echo(OTHER));
    }
    assertThat(broadcast.wanted()).containsOnlyKeys(OTHER);
  }

  @Test
  void blamesWhoProposesOutOfTurnOrVotesTwice() {
    assertThat(hear(1, new Propose(PAYLOAD)).faults())
        .containsExactly(
            new Fault.Invalid(
                new MemberIndex(1),
                new Slot(3, SlotKind.PROPOSE, 0),
                Fault.Reason.PROPOSED_OUT_OF_TURN));
    var _ = hear(1, new Echo(PAYLOAD));
    assertThat(hear(1, new Echo(OTHER)).faults()).hasSize(1);
    var _ = hear(1, new Ready(PAYLOAD));
    assertThat(hear(1, new Ready(OTHER)).faults()).hasSize(1);
  }

  @Test
  void blamesForVotesThatMeanNothing() {
    for (var vote :
        List.of(
            new Vote(new Slot(3, SlotKind.ECHO, 1), VoteValue.of(PAYLOAD.toBytes())),
            new Vote(new Slot(3, SlotKind.ECHO, 0), VoteValue.EMPTY),
            new Vote(new Slot(3, SlotKind.TERM, 0), VoteValue.of(PAYLOAD.toBytes())))) {
      assertThat(broadcast.handle(new MemberIndex(1), vote).faults())
          .containsExactly(
              new Fault.Invalid(new MemberIndex(1), vote.slot(), Fault.Reason.MALFORMED));
    }
  }

  @Test
  void onlyTheProposerProposesAndItsFirstDigestStands() {
    assertThatThrownBy(() -> broadcast.propose(PAYLOAD)).isInstanceOf(IllegalStateException.class);
    var own = new ReliableBroadcast(ROSTER, PROPOSER, PROPOSER, Recall.nothing());
    assertThat(said(own.propose(PAYLOAD))).containsExactly(new Propose(PAYLOAD));
    assertThat(own.propose(OTHER).isIdle()).isTrue();
    assertThat(said(own.held(PAYLOAD))).containsExactly(new Echo(PAYLOAD));
  }

  @Test
  void afterACrashItSaysWhatItSaidAndNothingElse() {
    var votes =
        Stream.of(new Echo(PAYLOAD), new Ready(PAYLOAD)).map(m -> m.toVote(PROPOSER)).toList();
    broadcast = machine(Recall.of(votes, List.of()));
    assertThat(broadcast.resume().votes()).containsExactlyElementsOf(votes);
    var _ = hear(3, new Propose(OTHER));
    assertThat(broadcast.held(OTHER).isIdle()).isTrue();
    var _ = hear(1, new Ready(OTHER));
    assertThat(said(hear(2, new Ready(OTHER)))).isEmpty();
  }

  @Test
  void aRecalledProposalStands() {
    var vote = new Propose(PAYLOAD).toVote(PROPOSER);
    var own =
        new ReliableBroadcast(ROSTER, PROPOSER, PROPOSER, Recall.of(List.of(vote), List.of()));
    assertThat(own.propose(OTHER).isIdle()).isTrue();
    assertThat(own.resume().votes()).containsExactly(vote);
    assertThat(said(own.held(PAYLOAD))).containsExactly(new Echo(PAYLOAD));
  }

  @Test
  void everyMessageComesBackFromItsVote() {
    Stream.of(new Propose(PAYLOAD), new Echo(PAYLOAD), new Ready(OTHER))
        .forEach(m -> assertThat(BroadcastMessage.from(m.toVote(PROPOSER))).contains(m));
  }

  private Step<Hash> hear(int from, BroadcastMessage message) {
    return broadcast.handle(new MemberIndex(from), message.toVote(PROPOSER));
  }

  private static List<BroadcastMessage> said(Step<Hash> step) {
    return step.votes().stream().map(vote -> BroadcastMessage.from(vote).orElseThrow()).toList();
  }

  private static ReliableBroadcast machine(Recall recall) {
    return new ReliableBroadcast(ROSTER, SELF, PROPOSER, recall);
  }
}
