package org.constellation.protocol.wire;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.wire.proto.EnvelopeMessages;

/** Votes. */
public final class VoteCodec {

  /** The longest value and what frames it. */
  private static final int BYTES_MAX = Vote.VALUE_BYTES_MAX + 64;

  private static final MessageFormat<EnvelopeMessages.Vote> VOTE =
      MessageFormat.of(
          EnvelopeMessages.Vote.parser(), EnvelopeMessages.Vote.getDescriptor(), BYTES_MAX);

  private VoteCodec() {}

  /** The one encoding of {@code vote}. */
  public static Bytes encode(Vote vote) {
    return VOTE.encode(
        EnvelopeMessages.Vote.newBuilder()
            .setRound(vote.slot().round())
            .setInstance(vote.slot().instance())
            .setKindValue(vote.slot().kind().code())
            .setStep(vote.slot().step())
            .setValue(Fields.of(vote.value()))
            .build());
  }

  /** Reads a vote. */
  public static Decoded<Vote> decode(Bytes bytes) {
    return VOTE.decode(
        bytes,
        message ->
            new Vote(
                new Vote.Slot(
                    Fields.natural(message.getRound(), "round"),
                    Fields.natural(message.getInstance(), "instance"),
                    kind(message.getKindValue()),
                    Fields.natural(message.getStep(), "step")),
                Fields.bytes(message.getValue())));
  }

  /** Whether these are two votes that say different things in one slot. */
  public static boolean contradict(Bytes one, Bytes other) {
    return decode(one) instanceof Decoded.Valid<Vote>(Vote(var slot, var value))
        && decode(other) instanceof Decoded.Valid<Vote>(Vote(var otherSlot, var otherValue))
        && slot.equals(otherSlot)
        && !value.equals(otherValue);
  }

  private static Vote.Kind kind(int code) {
    for (var kind : Vote.Kind.values()) {
      if (kind.code() == code) {
        return kind;
      }
    }
    throw Fields.unknownCode("kind");
  }
}
