package org.constellation.consensus.layer;

import java.util.List;
import org.constellation.consensus.Vote;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.SignedMessage;

/** Everything that members of a committee tell each other. */
sealed interface LayerMessage {

  /** A vote, in exactly the bytes that evidence is made of. */
  record Ballot(long round, Vote vote) implements LayerMessage {}

  /** The sender's own proposal. */
  record Payload(long round, Bytes payload) implements LayerMessage {}

  /** Asks for things by name. */
  record Pull(List<PullItem> items) implements LayerMessage {}

  /**
   * @param offset bytes that are there already
   */
  record PullItem(PullKey key, int offset) {}

  /** Things, or parts of one. */
  record Parts(List<Part> parts) implements LayerMessage {}

  /**
   * @param total length of the whole
   * @param offset where {@code bytes} belong
   */
  record Part(PullKey key, int total, int offset, Bytes bytes) {}

  /** How a round ended. */
  record Certified(long round, Hash hash, Certificate certificate) implements LayerMessage {}

  /**
   * What do others hold that is signed with the sender's key?
   *
   * @param started names this start of the sender
   * @param certified its newest certified round; what was signed for later ones matters
   */
  record Question(long started, long certified) implements LayerMessage {}

  /**
   * What the sender holds of the asker's votes.
   *
   * @param started as asked
   * @param certified the sender's newest certified round
   * @param votes the newest first, at most {@link LayerLimits#HELD_VOTES_MAX}
   */
  record Answer(long started, long certified, List<SignedMessage> votes) implements LayerMessage {
    public Answer {
      votes = List.copyOf(votes);
      if (votes.size() > LayerLimits.HELD_VOTES_MAX) {
        throw new IllegalArgumentException("too many votes: " + votes.size());
      }
    }
  }
}
