package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member whose committee certified another block of one round, too. */
class ContradictionsTest {

  private static final int SELF = 3;

  private final List<SigningKey> keys = VirtualCommittee.keys(Committee.GALAXY, 4);
  private final LayerConfig config =
      new LayerConfig(
          Hash.ZERO,
          VirtualCommittee.plan(Committee.GALAXY, keys),
          SELF,
          LayerTiming.withIdle(1_000_000));

  /** Its blocks have headers of a kind that evidence can show. */
  private final ToyRules rules =
      new ToyRules() {
        @Override
        public Optional<CertifiedHead> head(CertifiedBlock<Block> block) {
          var header =
              CheckpointCodec.header(
                  Hash.ZERO,
                  0,
                  0,
                  block.round(),
                  block.hash(),
                  0,
                  new CheckpointBody(List.of(), List.of()),
                  List.of(),
                  0);
          return Optional.of(new CertifiedHead.OfCheckpoint(header, block.certificate()));
        }
      };

  private final CertifiedBlock<ToyRules.Block> own = block(1, 0, 0, 1, 3);
  private final CertifiedBlock<ToyRules.Block> other = block(1, 1, 0, 1, 2);
  private final List<LayerStep<ToyRules.Block>> steps = new ArrayList<>();
  private final Layer<ToyRules.Block> layer =
      new Layer<>(
          config,
          rules,
          new LayerPorts(
              new KeyedHashCoins(new Roster(4), 1).of(new MemberIndex(SELF)),
              keys.get(SELF)::sign,
              MacKey.VERIFIER),
          LayerRecall.of(List.of(new JournalRecord.Certified(1, own.encoded()))));
  private long now = 1_000;
  private long counter;

  private CertifiedBlock<ToyRules.Block> block(long round, int mark, int... signers) {
    var beacon = ToyRules.referenceOf(Bytes.copyOf(new byte[] {(byte) mark}));
    var block = new ToyRules.Block(round, Hash.ZERO, beacon, List.of());
    var message = Certificate.signedMessage(block.hash());
    var certificate =
        new Certificate(
            Arrays.stream(signers)
                .mapToObj(i -> new Certificate.MemberSignature(i, keys.get(i).sign(message)))
                .toList());
    return new CertifiedBlock<>(
        round, block.hash(), certificate, block, rules.encode(block, certificate));
  }

  private void receive(int member, LayerMessage message) {
    var header =
        new Envelope.Header(
            Hash.ZERO, Committee.GALAXY, 0, keys.get(member).publicKey(), counter++, now);
    var envelope =
        EnvelopeCodec.seal(header, List.of(LayerCodec.encode(message)), keys.get(member));
    steps.add(layer.receive(member, envelope, now));
  }

  private void pass(long millis) {
    for (var end = now + millis; now < end; now += 25) {
      steps.add(layer.time(now));
    }
  }

  private List<LayerMessage> pulls() {
    return steps.stream()
        .flatMap(step -> step.answers().stream())
        .map(one -> LayerCodec.decode(one.message()).orElseThrow())
        .filter(LayerMessage.Pull.class::isInstance)
        .toList();
  }

  @BeforeEach
  void start() {
    steps.add(layer.start(now));
    receive(0, new LayerMessage.Answer(now, 1, List.of()));
    receive(1, new LayerMessage.Answer(now, 1, List.of()));
    receive(2, new LayerMessage.Answer(now, 1, List.of()));
  }

  private void assertEvidence() {
    assertThat(rules.evidence())
        .containsExactly(
            new Evidence.TwoHeaders(
                rules.head(own).orElseThrow(), rules.head(other).orElseThrow()));
    assertThat(((Evidence.TwoHeaders) rules.evidence().getFirst()).namedInBoth())
        .containsExactly(0, 1);
    assertThat(layer.status().concerns()).contains("round 1 has two certified blocks");
  }

  @Test
  void aBlockFromElsewhereThatContradictsItsOwnBecomesEvidenceOnce() {
    steps.add(layer.offerBlock(other.encoded(), now));
    steps.add(layer.offerBlock(other.encoded(), now));
    assertEvidence();
    assertThat(steps).allMatch(step -> step.halted().isEmpty());
  }

  @Test
  void ofACertificateAloneTheBlockIsPulled() {
    receive(2, new LayerMessage.Certified(1, other.hash(), other.certificate()));
    pass(2_000);
    assertThat(pulls()).isNotEmpty();
    var encoded = other.encoded();
    receive(
        2,
        new LayerMessage.Parts(
            List.of(new LayerMessage.Part(new PullKey.OfBlock(1), encoded.length(), 0, encoded))));
    assertEvidence();
    var asked = pulls().size();
    pass(10_000);
    assertThat(pulls()).hasSize(asked);
  }

  @Test
  void whoSpeaksOfAnotherCertificateAndHasNoneIsBlamed() {
    var tooFew = block(1, 1, 0, 1);
    receive(2, new LayerMessage.Certified(1, tooFew.hash(), tooFew.certificate()));
    assertThat(steps.getLast().faults())
        .extracting(LayerFault::kind)
        .containsExactly(LayerFault.Kind.BAD_ANSWER);
    steps.add(layer.offerBlock(tooFew.encoded(), now));
    pass(2_000);
    assertThat(pulls()).isEmpty();
    assertThat(rules.evidence()).isEmpty();
  }

  @Test
  void anotherCertificateOfItsOwnBlockIsNoEvidence() {
    var again = block(1, 0, 0, 1, 2);
    receive(2, new LayerMessage.Certified(1, again.hash(), again.certificate()));
    steps.add(layer.offerBlock(again.encoded(), now));
    pass(2_000);
    assertThat(pulls()).isEmpty();
    assertThat(rules.evidence()).isEmpty();
    assertThat(layer.status().concerns()).isEmpty();
  }
}
