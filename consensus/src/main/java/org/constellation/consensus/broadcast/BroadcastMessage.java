package org.constellation.consensus.broadcast;

import java.util.Optional;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.crypto.Hash;

/** Everything that a member can say inside one broadcast. */
public sealed interface BroadcastMessage {

  /** The payload's hash. */
  Hash digest();

  /** The proposer's: this is my payload. */
  record Propose(Hash digest) implements BroadcastMessage {}

  /** I hold the payload that the proposer named first. */
  record Echo(Hash digest) implements BroadcastMessage {}

  /** No other payload than this one can be delivered. */
  record Ready(Hash digest) implements BroadcastMessage {}

  /** This message as a vote in the broadcast of {@code proposer}. */
  default Vote toVote(MemberIndex proposer) {
    var kind =
        switch (this) {
          case Propose _ -> SlotKind.PROPOSE;
          case Echo _ -> SlotKind.ECHO;
          case Ready _ -> SlotKind.READY;
        };
    return new Vote(new Slot(proposer.value(), kind, 0), VoteValue.of(digest().toBytes()));
  }

  /** The message that {@code vote} carries, if it is one; its instance is not looked at. */
  static Optional<BroadcastMessage> from(Vote vote) {
    if (vote.slot().step() != 0 || vote.value().length() != Hash.LENGTH) {
      return Optional.empty();
    }
    var digest = Hash.of(vote.value().toBytes());
    return switch (vote.slot().kind()) {
      case PROPOSE -> Optional.of(new Propose(digest));
      case ECHO -> Optional.of(new Echo(digest));
      case READY -> Optional.of(new Ready(digest));
      case BVAL, AUX, CONF, COIN, TERM, BEACON, CERTIFY -> Optional.empty();
    };
  }
}
