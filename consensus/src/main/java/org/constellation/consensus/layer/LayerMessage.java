package org.constellation.consensus.layer;

import java.util.List;
import org.constellation.consensus.Vote;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;

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
}
