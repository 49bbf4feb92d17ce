package org.constellation.consensus.layer;

import java.util.TreeMap;
import org.constellation.protocol.crypto.Hash;

/**
 * Which bodies the journal holds, and for which round. A body that a later round names again is
 * written again, since the earlier round's records may be cut while the later one needs it.
 */
final class BodyJournal {

  private final TreeMap<Hash, Long> rounds = new TreeMap<>();

  /** Journals a body for {@code round} unless that or a later round has it. */
  <B> void write(long round, Hash reference, LayerRules<B> rules, LayerStep.Builder<B> step) {
    var written = rounds.get(reference);
    if (written != null && written >= round) {
      return;
    }
    var body =
        rules
            .body(reference)
            .orElseThrow(() -> new IllegalStateException("held body is gone: " + reference));
    rounds.put(reference, round);
    step.journal(new JournalRecord.Body(round, reference, body));
  }

  void cut(long roundsThrough) {
    rounds.values().removeIf(round -> round <= roundsThrough);
  }
}
