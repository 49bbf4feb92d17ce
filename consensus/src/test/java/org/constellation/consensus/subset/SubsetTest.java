package org.constellation.consensus.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.constellation.consensus.Fault;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.agreement.AgreementMessage.Term;
import org.constellation.consensus.broadcast.BroadcastMessage.Propose;
import org.constellation.consensus.broadcast.BroadcastMessage.Ready;
import org.constellation.consensus.coin.Beacon;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.junit.jupiter.api.Test;

class SubsetTest {

  private static final Roster ROSTER = new Roster(4);
  private static final KeyedHashCoins COINS = new KeyedHashCoins(ROSTER, 5);
  private static final CoinScope SCOPE = new CoinScope("test", 0, 0, COINS.keySet(), 0, 0);

  private final Subset subset = subset(ROSTER, COINS, SCOPE, 0);

  @Test
  void aProposalThatIsDeliveredGetsAOne() {
    var _ = subset.held(new MemberIndex(2), payload(2));
    var _ = hear(1, new Ready(payload(2)).toVote(new MemberIndex(2)));
    var step = hear(2, new Ready(payload(2)).toVote(new MemberIndex(2)));
    assertThat(step.votes()).contains(new Vote(new Slot(2, SlotKind.BVAL, 1), VoteValue.EMPTY));
    assertThat(subset.delivered()).containsEntry(new MemberIndex(2), payload(2));
  }

  @Test
  void whenAQuorumIsInTheRestGetsAZero() {
    decide(0, true);
    decide(1, true);
    var _ = hear(1, new Term(true).toVote(2));
    var step = hear(2, new Term(true).toVote(2));
    assertThat(step.votes()).contains(new Vote(new Slot(3, SlotKind.BVAL, 0), VoteValue.EMPTY));
  }

  @Test
  void releasesTheBeaconOnlyWhenEveryAgreementHasDecided() {
    for (var instance = 0; instance < 3; instance++) {
      decide(instance, true);
    }
    var _ = hear(1, beaconOf(1));
    var _ = hear(1, new Term(false).toVote(3));
    assertThat(subset.decisions()).hasSize(3);
    assertThat(hear(2, beaconOf(2)).votes()).isEmpty();
    var last = hear(2, new Term(false).toVote(3));
    assertThat(last.votes().stream().map(Vote::slot)).contains(Beacon.SLOT);
    assertThat(last.outputs()).isEmpty(); // nothing is delivered yet
  }

  @Test
  void isDoneWhenWhatIsInIsDelivered() {
    for (var instance = 0; instance < 4; instance++) {
      decide(instance, instance < 3);
    }
    var _ = hear(1, beaconOf(1));
    var outputs = new ArrayList<AgreedSubset>();
    for (var proposer = 0; proposer < 3; proposer++) {
      var member = new MemberIndex(proposer);
      var _ = subset.held(member, payload(proposer));
      var _ = hear(1, new Ready(payload(proposer)).toVote(member));
      outputs.addAll(hear(2, new Ready(payload(proposer)).toVote(member)).outputs());
    }
    assertThat(outputs).hasSize(1);
    assertThat(outputs.getFirst().proposals()).hasSize(3);
    assertThat(outputs.getFirst().beacon())
        .isEqualTo(COINS.foresee(SCOPE.name(Slot.BEACON_INSTANCE, 0)));
    assertThat(subset.agreed()).contains(outputs.getFirst());
  }

  @Test
  void doesNotWantWhatIsLeftOut() {
    var proposer = new MemberIndex(3);
    var _ = hear(3, new Propose(payload(3)).toVote(proposer));
    assertThat(subset.wanted(proposer)).containsKey(payload(3));
    decide(3, false);
    assertThat(subset.wanted(proposer)).isEmpty();
  }

  @Test
  void votesOutsideOfTheRoundAreBlamed() {
    for (var slot :
        List.of(
            new Slot(4, SlotKind.ECHO, 0),
            new Slot(Slot.BEACON_INSTANCE, SlotKind.AUX, 0),
            new Slot(0, SlotKind.BEACON, 0),
            new Slot(Slot.BEACON_INSTANCE, SlotKind.BEACON, 1),
            new Slot(0, SlotKind.CERTIFY, 0))) {
      assertThat(hear(1, new Vote(slot, VoteValue.ofByte(1))).faults())
          .containsExactly(new Fault.Invalid(new MemberIndex(1), slot, Fault.Reason.MALFORMED));
    }
  }

  @Test
  void noVoteWhateverThrows() {
    var random = new SplittableRandom(1);
    for (var i = 0; i < 200_000; i++) {
      var bytes = new byte[random.nextInt(VoteValue.LENGTH_MAX + 1)];
      random.nextBytes(bytes);
      var slot = Slot.decode(random.nextInt(-2, 7), random.nextInt(-1, 12), random.nextInt(-1, 9));
      if (random.nextInt(50) == 0) {
        slot = Slot.decode(random.nextLong(), random.nextInt(), random.nextLong());
      }
      var from = random.nextInt(4);
      slot.ifPresent(s -> hear(from, new Vote(s, VoteValue.of(bytes))));
    }
    assertThat(VoteValue.decode(new byte[VoteValue.LENGTH_MAX + 1])).isEmpty();
  }

  @Test
  void undisturbedItCastsAsManyVotesAsTheTableOfCostsSays() {
    // Records of the failure-free schedule, 3N² + 4N², less the proposer's N−1 further VALUE
    // records per instance (here one PROPOSE serves all), plus one beacon share each.
    for (var size : new int[] {4, 7, 10, 16}) {
      var records = 7 * size * size;
      assertThat(votesOfACalmRun(size)).isEqualTo(records - size * (size - 1) + size);
    }
  }

  @Test
  void committeesWithoutRoomForAFaultAgreeToo() {
    for (var size = 1; size <= 3; size++) {
      assertThat(votesOfACalmRun(size)).isPositive();
    }
  }

  private static int votesOfACalmRun(int size) {
    var roster = new Roster(size);
    var coins = new KeyedHashCoins(roster, 1);
    var scope = new CoinScope("calm", 0, 0, coins.keySet(), 0, 0);
    var subsets =
        Stream.iterate(0, i -> i + 1).limit(size).map(i -> subset(roster, coins, scope, i));
    var calm = new CalmNetwork(subsets.toList());
    for (var member = 0; member < size; member++) {
      for (var subset : calm.subsets) {
        calm.post(subset, subset.held(new MemberIndex(member), payload(member)));
      }
      var own = calm.subsets.get(member);
      calm.post(own, own.propose(payload(member)));
    }
    calm.run();
    assertThat(calm.subsets).allMatch(s -> s.agreed().orElseThrow().proposals().size() == size);
    return calm.votes;
  }

  /** Delivers everything in the order in which it was sent. */
  private static final class CalmNetwork {
    private final List<Subset> subsets;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private int votes;

    private record Sent(int from, Vote vote) {}

    CalmNetwork(List<Subset> subsets) {
      this.subsets = subsets;
    }

    void post(Subset from, Step<AgreedSubset> step) {
      votes += step.votes().size();
      step.votes().forEach(vote -> sent.add(new Sent(subsets.indexOf(from), vote)));
    }

    void run() {
      while (!sent.isEmpty()) {
        var next = sent.remove();
        for (var subset : subsets) {
          post(subset, subset.handle(new MemberIndex(next.from()), next.vote()));
        }
      }
    }
  }

  private void decide(int instance, boolean value) {
    var _ = hear(1, new Term(value).toVote(instance));
    var _ = hear(2, new Term(value).toVote(instance));
    assertThat(subset.decisions()).containsEntry(new MemberIndex(instance), value);
  }

  private Step<AgreedSubset> hear(int from, Vote vote) {
    return subset.handle(new MemberIndex(from), vote);
  }

  private static Vote beaconOf(int member) {
    var name = SCOPE.name(Slot.BEACON_INSTANCE, 0);
    return new Vote(Beacon.SLOT, COINS.of(new MemberIndex(member)).toss(name).share());
  }

  private static Hash payload(int proposer) {
    return Hashing.tagged("TEST").number(proposer).finish();
  }

  private static Subset subset(Roster roster, KeyedHashCoins coins, CoinScope scope, int self) {
    var member = new MemberIndex(self);
    return new Subset(roster, member, coins.of(member), scope, Recall.nothing());
  }
}
