package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.envelope.Vote;
import org.junit.jupiter.api.Test;

class EnvelopeCodecTest {

  private static final Ed25519 ED25519 = Ed25519.best();

  private final SigningKey key = ED25519.generate(new Random(1));
  private final Envelope.Header header =
      new Envelope.Header(
          Hash.fromHex("22".repeat(32)), Committee.GALAXY, 3, key.publicKey(), 17, 1_000);
  private final List<Bytes> messages =
      List.of(message(1), message(2), message(3), message(4), message(5));

  private static Bytes message(int content) {
    return Bytes.copyOf(new byte[] {(byte) content, 42});
  }

  @Test
  void opensWhatItSealedAndFindsItSigned() {
    var envelope = EnvelopeCodec.seal(header, messages, key);

    var opened = EnvelopeCodec.open(EnvelopeCodec.encode(envelope));

    assertThat(opened).isEqualTo(new Decoded.Valid<>(envelope));
    assertThat(EnvelopeCodec.isSigned(envelope, ED25519)).isTrue();
  }

  @Test
  void everyMessageProvesItselfAlone() {
    var envelope = EnvelopeCodec.seal(header, messages, key);

    for (var index = 0; index < messages.size(); index++) {
      var extracted = EnvelopeCodec.extract(envelope, index);

      assertThat(extracted.message()).isEqualTo(messages.get(index));
      assertThat(EnvelopeCodec.isSigned(extracted, ED25519)).isTrue();
    }
  }

  @Test
  void noOtherMessageIsProvenByIt() {
    var extracted = EnvelopeCodec.extract(EnvelopeCodec.seal(header, messages, key), 2);

    var forged =
        new SignedMessage(
            extracted.header(),
            extracted.headerBytes(),
            message(9),
            extracted.index(),
            extracted.size(),
            extracted.siblings(),
            extracted.signature());

    assertThat(EnvelopeCodec.isSigned(forged, ED25519)).isFalse();
  }

  @Test
  void noMessageCanBeAddedLeftOutOrMoved() {
    var envelope = EnvelopeCodec.seal(header, messages, key);
    var swapped = new ArrayList<>(messages);
    Collections.swap(swapped, 0, 1);
    var longer = new ArrayList<>(messages);
    longer.add(message(6));

    for (var changed : List.of(swapped, longer, messages.subList(0, 4))) {
      assertThat(EnvelopeCodec.isSigned(with(envelope, changed), ED25519)).isFalse();
    }
  }

  private static Envelope with(Envelope envelope, List<Bytes> messages) {
    return new Envelope(envelope.header(), envelope.headerBytes(), messages, envelope.signature());
  }

  @Test
  void sealsForNobodyElse() {
    var other = ED25519.generate(new Random(2));

    assertThatThrownBy(() -> EnvelopeCodec.seal(header, messages, other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void carriesAsManyOfTheShortestVotesAsItMay() {
    var slot = new Vote.Slot(1, 0, Vote.Kind.AUX, 0);
    var vote = VoteCodec.encode(new Vote(slot, Bytes.copyOf(new byte[] {1})));
    var many = Collections.nCopies(Envelope.MESSAGES_MAX, vote);
    var envelope = EnvelopeCodec.seal(header, many, key);

    assertThat(EnvelopeCodec.open(EnvelopeCodec.encode(envelope)).toOptional()).contains(envelope);
  }
}
