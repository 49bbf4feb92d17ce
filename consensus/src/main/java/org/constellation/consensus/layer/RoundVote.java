package org.constellation.consensus.layer;

import java.util.Optional;
import org.constellation.consensus.Slot;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Vote.Kind;
import org.constellation.protocol.wire.VoteCodec;

/**
 * A vote in its round, which together name the slot that evidence speaks of.
 *
 * @param round the layer's
 */
public record RoundVote(long round, Vote vote) {

  /** As it is signed, and as evidence shows it. */
  public Bytes encode() {
    var slot = vote.slot();
    return VoteCodec.encode(
        new org.constellation.protocol.envelope.Vote(
            new org.constellation.protocol.envelope.Vote.Slot(
                round, slot.instance(), kind(slot.kind().code()), slot.step()),
            Bytes.copyOf(vote.value().toBytes())));
  }

  /** The vote that {@code message} is, if it is one that a member can cast. */
  public static Optional<RoundVote> decode(Bytes message) {
    return VoteCodec.decode(message).toOptional().flatMap(RoundVote::of);
  }

  private static Optional<RoundVote> of(org.constellation.protocol.envelope.Vote signed) {
    var place = signed.slot();
    var slot = Slot.decode(place.instance(), place.kind().code(), place.step());
    var value = VoteValue.decode(signed.value().toArray());
    return slot.isEmpty() || value.isEmpty()
        ? Optional.empty()
        : Optional.of(new RoundVote(place.round(), new Vote(slot.get(), value.get())));
  }

  private static Kind kind(int code) {
    return switch (code) {
      case 1 -> Kind.PROPOSE;
      case 2 -> Kind.ECHO;
      case 3 -> Kind.READY;
      case 4 -> Kind.BVAL;
      case 5 -> Kind.AUX;
      case 6 -> Kind.CONF;
      case 7 -> Kind.COIN;
      case 8 -> Kind.TERM;
      case 9 -> Kind.BEACON;
      case 10 -> Kind.CERTIFY;
      default -> throw new IllegalStateException("no kind of vote has the code " + code);
    };
  }
}
