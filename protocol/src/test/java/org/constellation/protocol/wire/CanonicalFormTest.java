package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.constellation.protocol.wire.proto.BlockMessages;
import org.constellation.protocol.wire.proto.ChainMessages;
import org.constellation.protocol.wire.proto.EnvelopeMessages;
import org.constellation.protocol.wire.proto.NoticeMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalFormTest {

  private static final int MUTANTS = 5_000;

  private static final Map<Descriptor, CanonicalForm> FORMS = new HashMap<>();

  /** The definition that the walk is a fast form of. */
  private static boolean isWhatAWriterWouldWrite(Message prototype, byte[] bytes) {
    try {
      var message = prototype.getParserForType().parseFrom(bytes);
      return Arrays.equals(withoutUnknown(message).toByteArray(), bytes);
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static Message withoutUnknown(Message message) {
    var builder = message.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (value instanceof Message nested) {
                builder.setField(field, withoutUnknown(nested));
              } else if (field.isRepeated()) {
                var list = (List<?>) value;
                builder.clearField(field);
                list.forEach(
                    element ->
                        builder.addRepeatedField(
                            field,
                            element instanceof Message nested ? withoutUnknown(nested) : element));
              }
            });
    return builder.build();
  }

  private static boolean isCanonical(Message prototype, byte[] bytes) {
    try {
      FORMS.computeIfAbsent(prototype.getDescriptorForType(), CanonicalForm::of).check(bytes);
      return true;
    } catch (Rejection e) {
      return false;
    }
  }

  @Test
  void agreesWithWritingAnewOnMutatedMessages() throws InvalidProtocolBufferException {
    var accepted = 0;
    for (var seed = 1L; seed <= MUTANTS; seed++) {
      var samples = new Samples(seed % 100);
      var mutations = new Mutations(seed);
      accepted +=
          agrees(
              ChainMessages.HalfBlock.getDefaultInstance(),
              mutations.of(samples.halfBlock().bytes()).toArray());
      accepted +=
          agrees(
              NoticeMessages.NoticeBody.getDefaultInstance(),
              mutations.of(samples.notice().body()).toArray());
      accepted +=
          agrees(
              EnvelopeMessages.Vote.getDefaultInstance(),
              mutations.of(VoteCodec.encode(samples.vote())).toArray());
      accepted +=
          agrees(
              BlockMessages.GalaxyHeader.getDefaultInstance(),
              mutations.of(samples.galaxyHeader().bytes()).toArray());
    }
    assertThat(accepted).isBetween(MUTANTS / 4, 3 * MUTANTS);
  }

  private static int agrees(Message prototype, byte[] bytes) {
    var canonical = isCanonical(prototype, bytes);
    if (isWhatAWriterWouldWrite(prototype, bytes)) {
      assertThat(canonical).as(HexFormat.of().formatHex(bytes)).isTrue();
    } else if (canonical) {
      // Text that is no UTF-8 and unknown codes of an enumeration are left to the steps after.
      assertThatThrownBy(() -> prototype.getParserForType().parseFrom(bytes))
          .as(HexFormat.of().formatHex(bytes))
          .isInstanceOf(InvalidProtocolBufferException.class)
          .hasMessageContaining("UTF-8");
    }
    return canonical ? 1 : 0;
  }

  @ParameterizedTest
  @CsvSource({
    "a vote,             08011803",
    "a round of ten bytes, 08ffffffffffffffffff01",
    "nothing at all,     ''",
  })
  void acceptsWhatAWriterWrites(String what, String hex) {
    assertThatNoException()
        .as(what)
        .isThrownBy(
            () ->
                CanonicalForm.of(EnvelopeMessages.Vote.getDescriptor())
                    .check(HexFormat.of().parseHex(hex)));
  }

  @ParameterizedTest
  @CsvSource({
    "explicit default,   0800,                     NOT_CANONICAL",
    "padded number,      088100,                   NOT_CANONICAL",
    "padded tag,         880001,                   NOT_CANONICAL",
    "65 bits,            08ffffffffffffffffff03,   NOT_CANONICAL",
    "no end of a number, 08ffffffffffffffffffff,   UNREADABLE",
    "number cut off,     08ff,                     UNREADABLE",
    "tag without value,  08,                       UNREADABLE",
    "wrong order,        10010801,                 NOT_CANONICAL",
    "twice,              08010801,                 NOT_CANONICAL",
    "unknown field,      3001,                     NOT_CANONICAL",
    "field number zero,  0001,                     NOT_CANONICAL",
    "huge field number,  f8ffffff0f01,             NOT_CANONICAL",
    "other wire type,    0a01ff,                   NOT_CANONICAL",
    "33 bits,            108080808010,             NOT_CANONICAL",
    "empty value,        2a00,                     NOT_CANONICAL",
    "length beyond end,  2a02ff,                   UNREADABLE",
    "length of 2^63,     2affffffffffffffffff01ff, UNREADABLE",
    "negative code,      18ffffffffffffffffff01,   NOT_CANONICAL",
  })
  void refusesWhatNoWriterWrites(String what, String hex, Decoded.Reason reason) {
    assertThatThrownBy(
            () ->
                CanonicalForm.of(EnvelopeMessages.Vote.getDescriptor())
                    .check(HexFormat.of().parseHex(hex)))
        .as(what)
        .isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void refusesTwoFieldsOfOneChoice() {
    var agreement = "5a00";
    var refusal = "6200";
    var form = CanonicalForm.of(ChainMessages.HalfBlock.getDescriptor());

    assertThatNoException().isThrownBy(() -> form.check(HexFormat.of().parseHex(agreement)));
    assertThatThrownBy(() -> form.check(HexFormat.of().parseHex(agreement + refusal)))
        .isInstanceOf(Rejection.class);
  }
}
