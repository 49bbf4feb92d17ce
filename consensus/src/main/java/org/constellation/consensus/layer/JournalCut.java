package org.constellation.consensus.layer;

/**
 * What a journal may forget.
 *
 * @param roundsThrough of this round and earlier ones, everything but blocks
 * @param blocksThrough certified blocks of this round and earlier ones
 */
public record JournalCut(long roundsThrough, long blocksThrough) {

  /** Whether {@code entry} may go. */
  public boolean drops(JournalRecord entry) {
    return switch (entry) {
      case JournalRecord.Certified certified -> certified.round() <= blocksThrough;
      case JournalRecord.Proposed _,
          JournalRecord.Payload _,
          JournalRecord.Body _,
          JournalRecord.Sent _,
          JournalRecord.Heard _,
          JournalRecord.Froze _ ->
          entry.round() <= roundsThrough;
    };
  }

  /** What either allows. */
  public JournalCut and(JournalCut other) {
    return new JournalCut(
        Math.max(roundsThrough, other.roundsThrough), Math.max(blocksThrough, other.blocksThrough));
  }
}
