package org.constellation.consensus.layer;

import java.util.Optional;
import org.constellation.consensus.Frozen;
import org.constellation.consensus.Vote;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.SignedMessage;

/**
 * Something that a member must find again after a crash. Records are written in the order of the
 * steps that name them and read back in that order; repeats are harmless.
 */
public sealed interface JournalRecord {

  /** The round that it serves. */
  long round();

  /** Its bytes in a journal. */
  default Bytes encode() {
    return JournalCodec.encode(this);
  }

  /** What {@link #encode} wrote; nothing if the bytes are something else. */
  static Optional<JournalRecord> decode(Bytes bytes) {
    return JournalCodec.decode(bytes);
  }

  /** This member's own proposal, before it is named to anybody. */
  record Proposed(long round, Bytes payload) implements JournalRecord {}

  /** Another member's payload that this one is about to vote for. */
  record Payload(long round, int proposer, Bytes payload) implements JournalRecord {}

  /** A body that a payload names. With it, whoever echoed can also deliver. */
  record Body(long round, Hash reference, Bytes body) implements JournalRecord {}

  /** A vote, header signatures included, with its exact value. */
  record Sent(long round, Vote vote) implements JournalRecord {}

  /**
   * The first vote of another member in the round, as it signed it: what it can be shown if its own
   * disk comes back older, although this member started again meanwhile. Written before this member
   * says the next thing in the round, and never alone, so it costs no sync.
   */
  record Heard(long round, int member, SignedMessage message) implements JournalRecord {}

  /** What an agreement settled for itself. */
  record Froze(long round, Frozen frozen) implements JournalRecord {}

  /** A certified block, the only copy of it that this member answers for. */
  record Certified(long round, Bytes encoded) implements JournalRecord {}
}
