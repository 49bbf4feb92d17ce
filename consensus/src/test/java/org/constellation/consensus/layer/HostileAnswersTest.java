package org.constellation.consensus.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/** One member of four, and what the others tell it word for word. */
class HostileAnswersTest {

  private static final int MALLORY = 0;
  private static final int ALICE = 1;
  private static final int SELF = 3;

  /** Words that begin so weigh half of what a payload may name. */
  private static final String HEAVY = "heavy ";

  private final List<SigningKey> keys = VirtualCommittee.keys(Committee.GALAXY, 4);
  private final LayerConfig config =
      new LayerConfig(
          Hash.ZERO,
          VirtualCommittee.plan(Committee.GALAXY, keys),
          SELF,
          LayerTiming.withIdle(1_000_000));
  private final ToyRules rules =
      new ToyRules() {
        @Override
        public BodySize sizeOf(Hash reference) {
          var isHeavy =
              new String(body(reference).orElseThrow().toArray(), UTF_8).startsWith(HEAVY);
          return new BodySize(1, isHeavy ? LayerLimits.BODY_BYTES_NAMED_MAX / 2 : 1);
        }
      };
  private final Layer<ToyRules.Block> layer =
      new Layer<>(
          config,
          rules,
          new LayerPorts(
              new KeyedHashCoins(new Roster(4), 1).of(new MemberIndex(SELF)),
              keys.get(SELF)::sign,
              MacKey.VERIFIER),
          LayerRecall.of(List.of()));
  private final List<LayerStep<ToyRules.Block>> steps = new ArrayList<>();
  private long now = 1_000;
  private long counter;

  /** Starts, and lets the member speak. */
  private void begin() {
    layer.start(now);
    for (var member = 0; member < SELF; member++) {
      receive(member, new LayerMessage.Answer(now, 0, List.of()));
    }
  }

  private void receive(int member, Bytes... messages) {
    var header =
        new Envelope.Header(
            Hash.ZERO, Committee.GALAXY, 0, keys.get(member).publicKey(), counter++, now);
    steps.add(
        layer.receive(
            member, EnvelopeCodec.seal(header, Arrays.asList(messages), keys.get(member)), now));
  }

  private void receive(int member, LayerMessage message) {
    receive(member, LayerCodec.encode(message));
  }

  private void pass(long millis) {
    for (var end = now + millis; now < end; now += 25) {
      steps.add(layer.time(now));
    }
  }

  private static Bytes vote(Slot slot, byte[] value) {
    return LayerCodec.encode(1, new Vote(slot, VoteValue.of(value)));
  }

  private static Bytes propose(int instance, Hash digest) {
    return vote(new Slot(instance, SlotKind.PROPOSE, 0), digest.toBytes());
  }

  private static Bytes word(String text) {
    return Bytes.copyOf(text.getBytes(UTF_8));
  }

  private static LayerMessage whole(PullKey key, Bytes bytes) {
    return new LayerMessage.Parts(List.of(new LayerMessage.Part(key, bytes.length(), 0, bytes)));
  }

  private boolean hasEchoed(int instance) {
    return steps.stream()
        .flatMap(step -> step.broadcast().stream())
        .anyMatch(
            message ->
                LayerCodec.decode(message).orElseThrow()
                        instanceof LayerMessage.Ballot(var _, Vote(var slot, var _))
                    && slot.equals(new Slot(instance, SlotKind.ECHO, 0)));
  }

  private List<LayerFault> faults() {
    return steps.stream().flatMap(step -> step.faults().stream()).toList();
  }

  @Test
  void findsAPayloadWhoseDigestSomebodyElseNamedAsItsOwnFirst() {
    var payload = ToyRules.payload(Hash.ZERO, List.of());
    var digest = Payloads.digest(1, ALICE, payload);
    begin();
    receive(MALLORY, propose(MALLORY, digest));
    pass(500);
    receive(ALICE, propose(ALICE, digest));
    pass(2_000);
    receive(ALICE, whole(new PullKey.OfPayload(digest), payload));
    assertThat(faults()).isEmpty();
    assertThat(hasEchoed(ALICE)).isTrue();
    assertThat(hasEchoed(MALLORY)).isFalse();
  }

  @Test
  void blamesAndForgetsWhoAnswersWithSomethingElse() {
    var payload = ToyRules.payload(Hash.ZERO, List.of(ToyRules.referenceOf(word("asked"))));
    begin();
    receive(MALLORY, propose(MALLORY, Payloads.digest(1, MALLORY, payload)));
    receive(MALLORY, new LayerMessage.Payload(1, payload));
    pass(2_000);
    var key = new PullKey.OfBody(ToyRules.referenceOf(word("asked")));
    receive(MALLORY, whole(key, word("something else")));
    receive(MALLORY, whole(key, word("another thing")));
    assertThat(faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.member()).isEqualTo(MALLORY);
              assertThat(fault.kind()).isEqualTo(LayerFault.Kind.BAD_ANSWER);
            });
    assertThat(hasEchoed(MALLORY)).isFalse();
    assertThat(rules.holds(ToyRules.referenceOf(word("something else")))).isFalse();
  }

  @Test
  void convictsAlsoWhoFilledAllPlacesWithNonsenseBefore() {
    begin();
    for (var instance = 4; instance < 4 + 4 * VoteLog.VOTES_PER_INSTANCE_MAX; instance++) {
      receive(MALLORY, vote(new Slot(instance, SlotKind.ECHO, 0), new byte[32]));
    }
    for (var ahead = 1_000; ahead < 1_000 + 4 * VoteLog.VOTES_PER_INSTANCE_MAX; ahead++) {
      receive(MALLORY, vote(new Slot(0, SlotKind.AUX, ahead), new byte[1]));
    }
    receive(MALLORY, propose(MALLORY, Hash.ZERO));
    receive(MALLORY, propose(MALLORY, ToyRules.referenceOf(word("another"))));
    assertThat(rules.evidence())
        .singleElement()
        .satisfies(
            evidence ->
                assertThat(EvidenceCheck.isConvincing(evidence, Hash.ZERO, MacKey.VERIFIER))
                    .isTrue());
  }

  /** As resends bring them, or a second process with the same key that agrees with the first. */
  @Test
  void theSameVotesInOtherEnvelopesAreNoFault() {
    begin();
    var header = ToyRules.referenceOf(word("header"));
    var signature = keys.get(ALICE).sign(Certificate.signedMessage(header));
    var votes =
        List.of(
            propose(ALICE, Hash.ZERO),
            vote(new Slot(MALLORY, SlotKind.ECHO, 0), Hash.ZERO.toBytes()),
            vote(new Slot(MALLORY, SlotKind.READY, 0), Hash.ZERO.toBytes()),
            vote(new Slot(MALLORY, SlotKind.BVAL, 1), new byte[0]),
            LayerCodec.encode(1, Certification.vote(header, signature)));
    receive(ALICE, votes.toArray(Bytes[]::new));
    pass(1_000);
    votes.reversed().forEach(vote -> receive(ALICE, vote));
    receive(ALICE, votes.reversed().toArray(Bytes[]::new));
    assertThat(faults()).isEmpty();
    assertThat(rules.evidence()).isEmpty();
  }

  @Test
  void namesWhoSignsAHeaderWithoutSigningIt() {
    begin();
    var header = ToyRules.referenceOf(word("header"));
    for (var member = 0; member < SELF; member++) {
      var signer = keys.get(member == MALLORY ? ALICE : member);
      var certify = Certification.vote(header, signer.sign(Certificate.signedMessage(header)));
      receive(member, LayerCodec.encode(1, certify));
      receive(member, LayerCodec.encode(1, certify));
    }
    pass(100);
    assertThat(faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.member()).isEqualTo(MALLORY);
              assertThat(fault.kind()).isEqualTo(LayerFault.Kind.INVALID_VOTE);
            });
  }

  @Test
  void stopsAsSoonAsThePartThatIsThereIsTooMuch() {
    var words =
        List.of(word(HEAVY + "one"), word(HEAVY + "two"), word(HEAVY + "three"), word("four"));
    var payload = ToyRules.payload(Hash.ZERO, words.stream().map(ToyRules::referenceOf).toList());
    begin();
    receive(MALLORY, propose(MALLORY, Payloads.digest(1, MALLORY, payload)));
    receive(MALLORY, new LayerMessage.Payload(1, payload));
    pass(2_000);
    for (var heavy : words.subList(0, 3)) {
      receive(MALLORY, whole(new PullKey.OfBody(ToyRules.referenceOf(heavy)), heavy));
    }
    assertThat(faults())
        .extracting(LayerFault::kind)
        .containsExactly(LayerFault.Kind.INVALID_PAYLOAD);
    pass(25);
    assertThat(layer.status().openPulls()).isZero();
  }
}
