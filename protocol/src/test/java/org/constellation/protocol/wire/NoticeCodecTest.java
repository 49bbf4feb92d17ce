package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.AgreementProof;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.testkit.HashedSignatures;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.Decoded.Reason;
import org.constellation.protocol.wire.proto.NoticeMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeCodecTest {

  private static final SigningKey KEY = new HashedSignatures().generate(new Random(1));
  private static final byte[] POINT =
      AgreementProof.keyOf(Hash.fromHex("33".repeat(32)).toBytes()).toArray();

  private static Decoded<Notice> withOffer(Consumer<NoticeMessages.CandidateOffer.Builder> change)
      throws InvalidProtocolBufferException {
    var offer =
        new Notice.CandidateOffer(
            KEY.publicKey(),
            TestStar.NO_SIGNATURE,
            Bytes.copyOf(POINT),
            Bytes.copyOf(new byte[AgreementProof.LENGTH]),
            KEY.publicKey(),
            0,
            1,
            1);
    var body =
        NoticeMessages.NoticeBody.parseFrom(
            NoticeCodec.body(Hash.ZERO, new StarId(KEY.publicKey()), 1, offer).toArray())
            .toBuilder();
    change.accept(body.getCandidateOfferBuilder());
    return NoticeCodec.signed(
        Bytes.copyOf(body.build().toByteArray()), KEY.publicKey(), TestStar.NO_SIGNATURE);
  }

  @Test
  void readsAnOfferWithAPointAndAProofOfItsLength() throws InvalidProtocolBufferException {
    assertThat(withOffer(_ -> {})).isInstanceOf(Decoded.Valid.class);
  }

  static Stream<byte[]> noPoints() {
    var noPrefix = POINT.clone();
    noPrefix[0] = 5;
    var offTheCurve = new byte[AgreementProof.KEY_LENGTH];
    offTheCurve[0] = 2;
    offTheCurve[32] = 1;
    return Stream.of(new byte[AgreementProof.KEY_LENGTH], noPrefix, offTheCurve);
  }

  @ParameterizedTest
  @MethodSource("noPoints")
  void refusesAnOfferWhoseAgreementKeyIsNoPoint(byte[] key) throws InvalidProtocolBufferException {
    assertThat(reason(withOffer(offer -> offer.setAgreementKey(ByteString.copyFrom(key)))))
        .contains(Reason.INCONSISTENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 34})
  void refusesAnOfferWhoseAgreementKeyHasAnotherLength(int length)
      throws InvalidProtocolBufferException {
    var key = ByteString.copyFrom(Arrays.copyOf(POINT, length));
    assertThat(reason(withOffer(offer -> offer.setAgreementKey(key))))
        .contains(Reason.WRONG_LENGTH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 63, 65})
  void refusesAnOfferWhoseProofHasAnotherLength(int length) throws InvalidProtocolBufferException {
    var proof = ByteString.copyFrom(new byte[length]);
    assertThat(reason(withOffer(offer -> offer.setAgreementProof(proof))))
        .contains(Reason.WRONG_LENGTH);
  }

  private static Optional<Reason> reason(Decoded<Notice> decoded) {
    return switch (decoded) {
      case Decoded.Valid<Notice> _ -> Optional.empty();
      case Decoded.Malformed<Notice>(var reason, _) -> Optional.of(reason);
    };
  }
}
