package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.proof.CertificateCheck;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarHead;
import org.constellation.protocol.wire.EvidenceCodec;

/**
 * The evidence of one block: only what convicts somebody whom no earlier piece convicts, within the
 * limits. Each kind has places and bytes of its own, so none keeps another out: forks are cheap to
 * make, double votes take a member, and two headers more than f members.
 */
public final class EvidenceChoice {

  /** Most pieces with two headers; each may convict a third of a committee and more. */
  static final int TWO_HEADERS_MAX = 8;

  static final int DOUBLE_VOTES_MAX = 24;
  static final int FORKS_MAX = CheckpointBody.EVIDENCE_MAX - TWO_HEADERS_MAX - DOUBLE_VOTES_MAX;

  private static final int TWO_HEADERS_BYTES_MAX = TWO_HEADERS_MAX * EvidencePool.HEADERS_BYTES_MAX;
  private static final int DOUBLE_VOTE_BYTES_MAX = 512 * 1024;

  private static final int FRAME_BYTES = 8;

  private final LedgerState state;
  private final Function<StarId, Optional<StarHead>> heads;
  private final SignatureVerifier verifier;
  private final TreeSet<Culprit> culprits = new TreeSet<>();
  private final Share headers = new Share(TWO_HEADERS_MAX, TWO_HEADERS_BYTES_MAX);
  private final Share doubleVotes = new Share(DOUBLE_VOTES_MAX, DOUBLE_VOTE_BYTES_MAX);
  private final Share forks =
      new Share(
          FORKS_MAX,
          CheckpointBody.EVIDENCE_BYTES_MAX - DOUBLE_VOTE_BYTES_MAX - TWO_HEADERS_BYTES_MAX);

  private static final class Share {
    private final int countMax;
    private final int bytesMax;
    private final List<Evidence> pieces = new ArrayList<>();
    private int bytes;

    private Share(int countMax, int bytesMax) {
      this.countMax = countMax;
      this.bytesMax = bytesMax;
    }

    private boolean hasRoomFor(Evidence evidence) {
      return pieces.size() < countMax && bytes + length(evidence) <= bytesMax;
    }

    private void add(Evidence evidence) {
      bytes += length(evidence);
      pieces.add(evidence);
    }

    private static int length(Evidence evidence) {
      return EvidenceCodec.encode(evidence).length() + FRAME_BYTES;
    }
  }

  /**
   * Nothing yet.
   *
   * @param state that everybody judges the block by
   * @param heads where chains end after the block's half-blocks, as far as that is known
   * @param verifier of the certificates under two headers
   */
  public EvidenceChoice(
      LedgerState state, Function<StarId, Optional<StarHead>> heads, SignatureVerifier verifier) {
    this.state = state;
    this.heads = heads;
    this.verifier = verifier;
  }

  /** Adds a convincing piece if it convicts somebody anew and there is room. */
  public void add(Evidence evidence) {
    var guilty =
        Culprit.of(evidence, state).stream()
            .filter(culprit -> !culprits.contains(culprit) && !culprit.isDealtWith(state))
            .toList();
    var share = share(evidence);
    if (!guilty.isEmpty()
        && share.hasRoomFor(evidence)
        && EvidenceCheck.convicts(evidence, state, heads)
        && isProven(evidence)) {
      share.add(evidence);
      culprits.addAll(guilty);
    }
  }

  /** What is costly to check comes last; the other kinds were checked with their payload. */
  private boolean isProven(Evidence evidence) {
    return !(evidence instanceof Evidence.TwoHeaders twoHeaders)
        || state
            .eraPlan(twoHeaders.first().committee())
            .filter(plan -> !CertificateCheck.signersOfBoth(twoHeaders, plan, verifier).isEmpty())
            .isPresent();
  }

  private Share share(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Fork _ -> forks;
      case Evidence.DoubleVote _ -> doubleVotes;
      case Evidence.TwoHeaders _ -> headers;
    };
  }

  /** What was chosen: two headers, double votes, then forks, each in the order of their coming. */
  public List<Evidence> pieces() {
    var all = new ArrayList<>(headers.pieces);
    all.addAll(doubleVotes.pieces);
    all.addAll(forks.pieces);
    return all;
  }
}
