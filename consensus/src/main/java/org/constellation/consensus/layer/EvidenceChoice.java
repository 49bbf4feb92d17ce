package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarHead;
import org.constellation.protocol.wire.EvidenceCodec;

/**
 * The evidence of one block: one piece per culprit, only what convicts, within the limits. Half of
 * the places are for either kind, so neither many forks nor many double votes keep the other out.
 */
public final class EvidenceChoice {

  private static final int EACH_KIND_MAX = CheckpointBody.EVIDENCE_MAX / 2;

  /** Of the bytes, those that forks leave to double votes. */
  private static final int DOUBLE_VOTE_BYTES_MAX = 512 * 1024;

  private static final int FRAME_BYTES = 8;

  private final LedgerState state;
  private final Function<StarId, Optional<StarHead>> heads;
  private final TreeSet<Culprit> culprits = new TreeSet<>();
  private final Share doubleVotes = new Share(DOUBLE_VOTE_BYTES_MAX);
  private final Share forks = new Share(CheckpointBody.EVIDENCE_BYTES_MAX - DOUBLE_VOTE_BYTES_MAX);

  private static final class Share {
    private final int bytesMax;
    private final List<Evidence> pieces = new ArrayList<>();
    private int bytes;

    private Share(int bytesMax) {
      this.bytesMax = bytesMax;
    }

    private boolean add(Evidence evidence) {
      var larger = bytes + EvidenceCodec.encode(evidence).length() + FRAME_BYTES;
      if (pieces.size() >= EACH_KIND_MAX || larger > bytesMax) {
        return false;
      }
      bytes = larger;
      return pieces.add(evidence);
    }
  }

  /**
   * Nothing yet.
   *
   * @param state that everybody judges the block by
   * @param heads where chains end after the block's half-blocks, as far as that is known
   */
  public EvidenceChoice(LedgerState state, Function<StarId, Optional<StarHead>> heads) {
    this.state = state;
    this.heads = heads;
  }

  /** Adds a convincing piece if it convicts somebody and there is room. */
  public void add(Evidence evidence) {
    var culprit = Culprit.of(evidence);
    if (!culprits.contains(culprit)
        && EvidenceCheck.convicts(evidence, state, heads)
        && share(evidence).add(evidence)) {
      culprits.add(culprit);
    }
  }

  private Share share(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Fork _ -> forks;
      case Evidence.DoubleVote _ -> doubleVotes;
    };
  }

  /** What was chosen: double votes, then forks, each in the order of their coming. */
  public List<Evidence> pieces() {
    var all = new ArrayList<>(doubleVotes.pieces);
    all.addAll(forks.pieces);
    return all;
  }
}
