package org.constellation.consensus.layer;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarHead;
import org.constellation.protocol.wire.SelfContradiction;

/**
 * Whether evidence shows by itself that somebody signed two things. Whether the key that signed was
 * the star's or a member's is decided at execution.
 */
public final class EvidenceCheck {

  private EvidenceCheck() {}

  /** Whether a correct member could have proposed {@code evidence}. */
  public static boolean isConvincing(Evidence evidence, Hash network, SignatureVerifier verifier) {
    return switch (evidence) {
      case Evidence.Fork fork -> SelfContradiction.isShown(fork, network, verifier);
      case Evidence.DoubleVote doubleVote ->
          SelfContradiction.isShown(doubleVote, network, verifier);
      // Who may sign is in the state only: the certificates are checked when a block is made.
      case Evidence.TwoHeaders headers ->
          headers.contradict() && headers.first().network().equals(network);
    };
  }

  /** Whether a payload may carry so much. */
  public static boolean isFew(List<Evidence> evidence) {
    return evidence.size() <= CheckpointBody.EVIDENCE_MAX
        && evidence.stream().filter(Evidence.TwoHeaders.class::isInstance).count()
            <= EvidencePool.HEADERS_PER_PAYLOAD_MAX;
  }

  /** Whether {@code evidence}, and more like it, would change nothing, now or later. */
  static boolean isDealtWith(Evidence evidence, LedgerState state) {
    if (evidence instanceof Evidence.TwoHeaders headers) {
      var head = headers.first();
      var era = state.eraPlan(head.committee()).map(EraPlan::era);
      if (era.filter(now -> now == head.era()).isEmpty()) {
        return era.filter(now -> now > head.era()).isPresent();
      }
    }
    return Culprit.of(evidence, state).stream().allMatch(culprit -> culprit.isDealtWith(state));
  }

  /**
   * Whether executing convincing evidence right after {@code state} would convict somebody. Members
   * with the same state answer alike. Certificates of headers are taken to be good.
   *
   * @param heads where chains end when it is executed, as far as that is beyond {@code state}
   */
  public static boolean convicts(
      Evidence evidence, LedgerState state, Function<StarId, Optional<StarHead>> heads) {
    if (isDealtWith(evidence, state)) {
      return false;
    }
    return switch (evidence) {
      case Evidence.Fork fork -> marks(fork, state, heads);
      case Evidence.DoubleVote doubleVote -> {
        var header = doubleVote.first().header();
        yield state
            .eraPlan(header.committee())
            .filter(plan -> plan.era() == header.era())
            .filter(plan -> plan.hasSeat(header.sender()))
            .isPresent();
      }
      case Evidence.TwoHeaders headers -> !Culprit.of(headers, state).isEmpty();
    };
  }

  private static boolean marks(
      Evidence.Fork fork, LedgerState state, Function<StarId, Optional<StarHead>> heads) {
    var star = fork.first().star();
    var sequence = fork.first().first().sequence();
    var known = state.star(star);
    if (known.isEmpty() || sequence < 1) {
      return false;
    }
    var head = heads.apply(star).orElse(StarHead.of(known.get()));
    var key = fork.first().key();
    return sequence <= head.sequence() + 1
        && (state.keyAt(star, sequence).filter(key::equals).isPresent()
            || (sequence > known.get().sequence() + 1 && key.equals(head.key())));
  }
}
