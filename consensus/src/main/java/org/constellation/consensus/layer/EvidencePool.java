package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.EvidenceCodec;

/** Evidence that this member found and nobody has put into a block yet, one piece per culprit. */
public final class EvidencePool {

  /** Most culprits waiting; more are dropped, the first ones bring them down too. */
  public static final int CULPRITS_MAX = 256;

  /** Most bytes of evidence in one payload; a single piece above it is never proposed. */
  public static final int PAYLOAD_BYTES_MAX = 384 * 1024;

  private final Map<PublicKey, Evidence> waiting = new LinkedHashMap<>();
  private final TreeSet<PublicKey> reported = new TreeSet<>();

  /** Keeps {@code evidence} unless its culprit is dealt with. */
  public void offer(Evidence evidence) {
    var culprit = culprit(evidence);
    if (!reported.contains(culprit) && waiting.size() < CULPRITS_MAX) {
      waiting.putIfAbsent(culprit, evidence);
    }
  }

  /** Learns that a block carries {@code evidence}. */
  public void included(Evidence evidence) {
    waiting.remove(culprit(evidence));
    if (reported.size() < CULPRITS_MAX) {
      reported.add(culprit(evidence));
    }
  }

  /** Whether anything waits. */
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** What the next payload should carry, within the limits. */
  public List<Evidence> forPayload() {
    var chosen = new ArrayList<Evidence>();
    var bytes = 0;
    for (var evidence : waiting.values()) {
      var length = EvidenceCodec.encode(evidence).length();
      if (chosen.size() < CheckpointBody.EVIDENCE_MAX && bytes + length <= PAYLOAD_BYTES_MAX) {
        bytes += length;
        chosen.add(evidence);
      }
    }
    return chosen;
  }

  private static PublicKey culprit(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Fork fork -> fork.first().star().key();
      case Evidence.DoubleVote doubleVote -> doubleVote.first().header().sender();
    };
  }
}
