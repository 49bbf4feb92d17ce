package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.constellation.consensus.BinaryValues;
import org.constellation.consensus.Frozen;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.layer.proto.LayerMessages;
import org.constellation.consensus.layer.proto.LayerMessages.Thing;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.GoldenFiles;
import org.constellation.protocol.wire.HostileBytes;
import org.constellation.protocol.wire.Mutations;
import org.constellation.protocol.wire.Samples;
import org.constellation.protocol.wire.WireType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What members tell each other and write into their journals, as bytes. */
class LayerWireTest {

  private static final int MUTANTS = 4_000;

  private static final WireType<JournalRecord> JOURNAL =
      WireType.withoutReasons(
          "journal-record",
          LayerWireTest::journalRecord,
          JournalRecord::encode,
          JournalRecord::decode);

  private static final WireType<JournalRecord> HEARD =
      WireType.withoutReasons(
          "journal-heard",
          samples ->
              new JournalRecord.Heard(
                  samples.natural(), samples.below(100), samples.signedMessage()),
          JournalRecord::encode,
          JournalRecord::decode);

  /** One file for each kind of message, so that each has more than a few samples. */
  private static final List<WireType<?>> MESSAGES =
      List.of(
          message("ballot", LayerWireTest::ballot),
          message(
              "payload",
              samples -> new LayerMessage.Payload(samples.natural(), samples.bytes(900))),
          message(
              "pull", samples -> new LayerMessage.Pull(samples.listOf(20, () -> item(samples)))),
          message(
              "parts", samples -> new LayerMessage.Parts(samples.listOf(4, () -> part(samples)))),
          message(
              "certificate-notice",
              samples ->
                  new LayerMessage.Certified(
                      samples.natural(), samples.hash(), samples.certificate())),
          message(
              "question",
              samples -> new LayerMessage.Question(samples.natural(), samples.natural())),
          message(
              "answer",
              samples ->
                  new LayerMessage.Answer(
                      samples.natural(),
                      samples.natural(),
                      samples.listOf(4, samples::signedMessage))));

  private static WireType<LayerMessage> message(
      String name, Function<Samples, LayerMessage> sample) {
    return WireType.withoutReasons(name, sample, LayerCodec::encode, LayerCodec::decode);
  }

  private static LayerMessage ballot(Samples samples) {
    return new LayerMessage.Ballot(samples.natural(), vote(samples));
  }

  private static Vote vote(Samples samples) {
    var instance = samples.below(9) == 0 ? Slot.BEACON_INSTANCE : samples.below(100);
    var kind = SlotKind.ofCode(1 + samples.below(10)).orElseThrow();
    return new Vote(
        new Slot(instance, kind, samples.below(100)),
        VoteValue.of(samples.bytes(VoteValue.LENGTH_MAX).toArray()));
  }

  private static PullKey key(Samples samples) {
    return switch (samples.below(3)) {
      case 0 -> new PullKey.OfPayload(samples.hash());
      case 1 -> new PullKey.OfBody(samples.hash());
      default -> new PullKey.OfBlock(samples.natural());
    };
  }

  private static LayerMessage.PullItem item(Samples samples) {
    return new LayerMessage.PullItem(key(samples), samples.below(1_000_000));
  }

  private static LayerMessage.Part part(Samples samples) {
    return new LayerMessage.Part(
        key(samples), samples.below(1_000_000), samples.below(1_000), samples.bytes(300));
  }

  private static JournalRecord journalRecord(Samples samples) {
    var round = samples.natural();
    return switch (samples.below(6)) {
      case 0 -> new JournalRecord.Proposed(round, samples.bytes(300));
      case 1 -> new JournalRecord.Payload(round, samples.below(100), samples.bytes(300));
      case 2 -> new JournalRecord.Body(round, samples.hash(), samples.bytes(300));
      case 3 -> new JournalRecord.Sent(round, vote(samples));
      case 4 ->
          new JournalRecord.Froze(
              round,
              new Frozen(
                  samples.below(100),
                  List.of(Frozen.Kind.INPUT, Frozen.Kind.AUX_VALUES, Frozen.Kind.CONF_UNION)
                      .get(samples.below(3)),
                  samples.below(100),
                  BinaryValues.ofCode(samples.below(4)).orElseThrow()));
      default -> new JournalRecord.Certified(round, samples.bytes(300));
    };
  }

  @Nested
  class Golden extends GoldenFiles {
    static List<WireType<?>> types() {
      var types = new ArrayList<>(MESSAGES);
      types.add(JOURNAL);
      types.add(HEARD);
      return types;
    }
  }

  @Nested
  class Hostile extends HostileBytes {
    static List<WireType<?>> types() {
      return MESSAGES;
    }
  }

  /** Wrong only inside: random mutations seldom keep the lengths around what they change. */
  @Test
  void keysAndHashesOfAnotherLengthNameNothing() {
    for (var length = 0; length <= 40; length++) {
      var bytes = ByteString.copyFrom(new byte[length]);
      for (var thing : List.of(Thing.PAYLOAD, Thing.BODY, Thing.BLOCK)) {
        var fits = length == (thing == Thing.BLOCK ? Long.BYTES : Hash.LENGTH);
        assertThat(isMessage(LayerMessages.LayerMessage.newBuilder().setPull(pull(thing, bytes))))
            .as("pull of %s with a key of %d bytes", thing, length)
            .isEqualTo(fits);
        assertThat(isMessage(LayerMessages.LayerMessage.newBuilder().setParts(parts(thing, bytes))))
            .as("part of %s with a key of %d bytes", thing, length)
            .isEqualTo(fits);
      }
      var fits = length == Hash.LENGTH;
      assertThat(
              isMessage(
                  LayerMessages.LayerMessage.newBuilder()
                      .setCertified(LayerMessages.CertificateNotice.newBuilder().setHash(bytes))))
          .isEqualTo(fits);
      var body = LayerMessages.JournalledBody.newBuilder().setReference(bytes);
      var entry = LayerMessages.JournalEntry.newBuilder().setBody(body).build();
      assertThat(JournalRecord.decode(Bytes.copyOf(entry.toByteArray())).isPresent())
          .isEqualTo(fits);
    }
  }

  private static LayerMessages.Pull pull(Thing thing, ByteString key) {
    return LayerMessages.Pull.newBuilder()
        .addItems(LayerMessages.PullItem.newBuilder().setThing(thing).setKey(key))
        .build();
  }

  private static LayerMessages.Parts parts(Thing thing, ByteString key) {
    return LayerMessages.Parts.newBuilder()
        .addParts(LayerMessages.Part.newBuilder().setThing(thing).setKey(key))
        .build();
  }

  private static boolean isMessage(LayerMessages.LayerMessage.Builder message) {
    return LayerCodec.decode(Bytes.copyOf(message.build().toByteArray())).isPresent();
  }

  /** A journal is its member's own and may have more than one encoding of a record. */
  @Test
  void damagedJournalRecordsAreNothingOrSomeRecord() {
    var nothing = 0;
    for (var seed = 1L; seed <= MUTANTS; seed++) {
      var read = JournalRecord.decode(new Mutations(seed).of(JOURNAL.encodedSample(seed % 50)));
      nothing += read.isEmpty() ? 1 : 0;
      read.ifPresent(entry -> assertThat(JournalRecord.decode(entry.encode())).contains(entry));
    }
    assertThat(nothing).isBetween(MUTANTS / 10, MUTANTS * 9 / 10);
  }

  @Test
  void noiseIsNoJournalRecord() {
    var random = new Random(7);
    for (var round = 0; round < MUTANTS; round++) {
      var noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      JournalRecord.decode(Bytes.copyOf(noise))
          .ifPresent(entry -> assertThat(JournalRecord.decode(entry.encode())).contains(entry));
    }
  }
}
