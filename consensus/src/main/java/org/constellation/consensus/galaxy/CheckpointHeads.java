package org.constellation.consensus.galaxy;

import java.util.Optional;
import java.util.TreeMap;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.state.ClusterRecord;
import org.constellation.protocol.state.LedgerState;

/**
 * The first certified header of each cluster's round that this member met, so that a second one
 * convicts whoever signed both. Kept for a while after the round is final: a cluster's second face
 * may be shown late.
 */
final class CheckpointHeads {

  /** Final rounds of a cluster for which a second header is still noticed. */
  static final int FINAL_ROUNDS_KEPT = 64;

  private final TreeMap<Integer, TreeMap<Long, CertifiedHead>> firsts = new TreeMap<>();

  /** What a checkpoint proves beside the one that is known, if both are certified. */
  Optional<Evidence> contradiction(CertifiedCheckpoint checkpoint) {
    var header = checkpoint.header();
    return Optional.ofNullable(firsts.get(header.cluster()))
        .flatMap(rounds -> Optional.ofNullable(rounds.get(header.round())))
        .map(first -> new Evidence.TwoHeaders(first, head(checkpoint)))
        .filter(Evidence.TwoHeaders::contradict)
        .map(found -> found);
  }

  /** Notes a checkpoint whose certificate is good, unless its round has another. */
  void note(CertifiedCheckpoint checkpoint, LedgerState state) {
    var header = checkpoint.header();
    if (isKept(header.cluster(), header.round(), state)) {
      firsts
          .computeIfAbsent(header.cluster(), _ -> new TreeMap<>())
          .putIfAbsent(header.round(), head(checkpoint));
    }
  }

  private static CertifiedHead head(CertifiedCheckpoint checkpoint) {
    return new CertifiedHead.OfCheckpoint(checkpoint.header(), checkpoint.certificate());
  }

  void retainAfter(LedgerState state) {
    firsts.forEach(
        (cluster, rounds) -> rounds.keySet().removeIf(round -> !isKept(cluster, round, state)));
  }

  private static boolean isKept(int cluster, long round, LedgerState state) {
    var last = state.cluster(cluster).map(ClusterRecord::round).orElse(0L);
    return round > last - FINAL_ROUNDS_KEPT && round <= last + CheckpointPool.ROUNDS_AHEAD_MAX;
  }
}
