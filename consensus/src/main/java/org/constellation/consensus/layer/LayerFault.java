package org.constellation.consensus.layer;

/**
 * Something that no correct member does, for the counters; evidence that convinces others goes into
 * this member's next proposal by itself.
 *
 * @param member who did it
 * @param round where
 */
public record LayerFault(int member, long round, Kind kind, String detail) {

  /** What was done; the names label counters. */
  public enum Kind {
    /** Two values in one slot. */
    EQUIVOCATED,
    /** A vote that means nothing, or a share or signature that proves nothing. */
    INVALID_VOTE,
    /** Bytes that are no message. */
    MALFORMED_MESSAGE,
    /** A payload or a body that cannot be right. */
    INVALID_PAYLOAD,
    /** An answer that is not what was asked for, or is doled out in short parts. */
    BAD_ANSWER
  }
}
