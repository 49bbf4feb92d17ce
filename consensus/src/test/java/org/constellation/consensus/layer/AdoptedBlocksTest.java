package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.junit.jupiter.api.Test;

/** A member that was away, whose service has found where its chain has got to. */
class AdoptedBlocksTest {

  private static final int SELF = 3;
  private static final int MEMBERS = 4;
  private static final long NOW = 1_000;

  private final List<SigningKey> keys = VirtualCommittee.keys(Committee.GALAXY, MEMBERS);
  private final ToyRules rules = new ToyRules();

  private Layer<ToyRules.Block> layer(LayerRecall recall) {
    return new Layer<>(
        new LayerConfig(
            Hash.ZERO,
            VirtualCommittee.plan(Committee.GALAXY, keys),
            SELF,
            LayerTiming.withIdle(1_000)),
        rules,
        new LayerPorts(
            new KeyedHashCoins(new Roster(MEMBERS), 1).of(new MemberIndex(SELF)),
            keys.get(SELF)::sign,
            MacKey.VERIFIER),
        recall);
  }

  private Bytes block(long round) {
    return block(round, 0, 1, 2);
  }

  private Bytes block(long round, int... signers) {
    var block = new ToyRules.Block(round, Hash.ZERO, Hash.ZERO, List.of());
    var message = Certificate.signedMessage(block.hash());
    var certificate =
        new Certificate(
            IntStream.of(signers)
                .mapToObj(i -> new Certificate.MemberSignature(i, keys.get(i).sign(message)))
                .toList());
    return rules.encode(block, certificate);
  }

  private SortedMap<Long, Bytes> blocks(long... rounds) {
    var blocks = new TreeMap<Long, Bytes>();
    for (var round : rounds) {
      blocks.put(round, block(round));
    }
    return blocks;
  }

  /** What the journal has of round 2, which the others finished without this member. */
  private JournalRecord.Sent voteOfRoundTwo() {
    var digest = ToyRules.referenceOf(Bytes.copyOf("word".getBytes(StandardCharsets.UTF_8)));
    return new JournalRecord.Sent(
        2, new Vote(new Slot(1, SlotKind.ECHO, 0), VoteValue.of(digest.toBytes())));
  }

  private LayerRecall journal() {
    return LayerRecall.of(List.of(new JournalRecord.Certified(1, block(1)), voteOfRoundTwo()));
  }

  @Test
  void goesOnAfterTheLastOfThemAndWritesThemDown() {
    var layer = layer(journal().adopting(blocks(8, 9)));
    var step = layer.start(NOW);

    assertThat(layer.status().certified()).isEqualTo(9);
    assertThat(step.journal())
        .containsExactly(
            new JournalRecord.Certified(8, block(8)), new JournalRecord.Certified(9, block(9)));
    var again =
        layer(
            LayerRecall.of(
                List.of(
                    new JournalRecord.Certified(1, block(1)),
                    voteOfRoundTwo(),
                    new JournalRecord.Certified(8, block(8)),
                    new JournalRecord.Certified(9, block(9)))));
    again.start(NOW);
    assertThat(again.status().certified()).isEqualTo(9);
  }

  @Test
  void saysNothingMoreInTheRoundsBetween() {
    var layer = layer(journal().adopting(blocks(8, 9)));
    layer.start(NOW);
    var votes = 0;
    for (var member = 0; member < SELF; member++) {
      var header =
          new Envelope.Header(Hash.ZERO, Committee.GALAXY, 0, keys.get(member).publicKey(), 1, NOW);
      var answer = LayerCodec.encode(new LayerMessage.Answer(NOW, 9, List.of()));
      var step =
          layer.receive(member, EnvelopeCodec.seal(header, List.of(answer), keys.get(member)), NOW);
      votes +=
          (int)
              step.broadcast().stream()
                  .map(message -> LayerCodec.decode(message).orElseThrow())
                  .filter(
                      message -> message instanceof LayerMessage.Ballot(var round, _) && round <= 9)
                  .count();
    }
    assertThat(votes).isZero();
  }

  @Test
  void silenceAMemberThatSignedOneAndHasForgottenIt() {
    var forgotten = new TreeMap<>(Map.of(8L, block(8, 0, 1, SELF), 9L, block(9)));
    var layer = layer(journal().adopting(forgotten));
    var step = layer.start(NOW);

    assertThat(step.halted()).hasValueSatisfying(why -> assertThat(why).contains("round 8"));
    assertThat(step.journal()).isEmpty();
  }

  @Test
  void areOfLaterRoundsThanTheJournals() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> journal().adopting(blocks(1, 2)))
        .withMessageContaining("round 1");
    assertThat(layer(journal().adopting(blocks())).status().certified()).isZero();
  }
}
