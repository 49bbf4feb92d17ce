package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

class LayerRoundTest {

  private final List<SigningKey> keys = VirtualCommittee.keys(Committee.GALAXY, 4);
  private final LayerRound<ToyRules.Block> round =
      new LayerRound<>(
          1,
          new LayerConfig(
              Hash.ZERO,
              VirtualCommittee.plan(Committee.GALAXY, keys),
              0,
              LayerTiming.withIdle(1_000)),
          new ToyRules(),
          new LayerPorts(
              new KeyedHashCoins(new Roster(4), 1).of(new MemberIndex(0)),
              keys.get(0)::sign,
              MacKey.VERIFIER),
          new BodyJournal(),
          LayerRecall.nothing());

  private static Vote aux(int value) {
    return new Vote(new Slot(0, SlotKind.AUX, 0), VoteValue.of(new byte[] {(byte) value}));
  }

  @Test
  void neverSaysTwoValuesInOneSlot() {
    var turn = Turn.<ToyRules.Block>at(1_000);
    round.say(aux(0), turn);
    round.say(aux(0), turn);
    assertThatIllegalStateException().isThrownBy(() -> round.say(aux(1), turn));
    var step = turn.step().build();
    assertThat(step.broadcast()).hasSize(2).containsOnly(LayerCodec.encode(1, aux(0)));
    assertThat(step.journal()).hasSize(1);
  }

  /** Seed 96 of the simulated networks: it stopped for good, since its own was not the first. */
  @Test
  void proposesAlsoAfterASecondProcessWithItsKeyDid() {
    var turn = Turn.<ToyRules.Block>at(1_000);
    var other = ToyRules.payload(Hash.ZERO, List.of(Hash.ZERO));
    var own = ToyRules.payload(Hash.ZERO, List.of());
    round.offer(0, other, turn);
    round.propose(own, turn);
    var digest = VoteValue.of(Payloads.digest(1, 0, own).toBytes());
    assertThat(turn.step().build().broadcast())
        .contains(LayerCodec.encode(1, new Vote(new Slot(0, SlotKind.PROPOSE, 0), digest)));
  }
}
