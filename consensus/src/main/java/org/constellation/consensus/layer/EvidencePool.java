package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.EvidenceCodec;

/**
 * Evidence that this member found, one piece for everything that somebody can be convicted of.
 *
 * <p>Only the ledger says who is convicted. That some block carries evidence against somebody says
 * nothing: a culprit may have put it there itself, in form and without effect, to be left alone
 * afterwards. So a piece stays until a conviction is known, or until this very piece was executed.
 */
public final class EvidencePool {

  /** Most pieces waiting; more are dropped, the first ones bring their culprits down too. */
  public static final int PIECES_MAX = 256;

  /** Most bytes of evidence in one payload: any fork fits, whatever else the payload carries. */
  public static final int PAYLOAD_BYTES_MAX = 2 * Segment.BYTES_MAX + 1024;

  private final Map<Charge, Piece> waiting = new LinkedHashMap<>();

  /** What the ledger convicts of once. */
  private sealed interface Charge {

    boolean isConvicted(LedgerState state);

    record Forked(StarId star) implements Charge {
      @Override
      public boolean isConvicted(LedgerState state) {
        return state.star(star).filter(known -> known.forked()).isPresent();
      }
    }

    record VotedTwice(Committee committee, long era, PublicKey member) implements Charge {
      @Override
      public boolean isConvicted(LedgerState state) {
        return state.isConvicted(committee, era, member);
      }
    }
  }

  /**
   * @param round of the block that carries it; 0 if none does
   */
  private record Piece(Evidence evidence, long round) {

    boolean isIncluded() {
      return round > 0;
    }
  }

  /** Keeps {@code evidence}, unless its culprit is convicted of that in {@code state}. */
  public void offer(Evidence evidence, LedgerState state) {
    var charge = chargeOf(evidence);
    if (waiting.size() < PIECES_MAX
        && EvidenceCodec.encode(evidence).length() <= PAYLOAD_BYTES_MAX
        && !charge.isConvicted(state)) {
      waiting.putIfAbsent(charge, new Piece(evidence, 0));
    }
  }

  /** Learns that the block of {@code round} carries {@code evidence}. */
  public void included(Evidence evidence, long round) {
    waiting.computeIfPresent(
        chargeOf(evidence),
        (_, piece) -> piece.evidence().equals(evidence) ? new Piece(evidence, round) : piece);
  }

  /**
   * Forgets what {@code state} has convicted of, and what was executed to no effect.
   *
   * @param executedRound the last block of this layer that is executed in {@code state}
   */
  public void learn(LedgerState state, long executedRound) {
    waiting
        .entrySet()
        .removeIf(
            entry ->
                entry.getKey().isConvicted(state)
                    || (entry.getValue().isIncluded()
                        && entry.getValue().round() <= executedRound));
  }

  /** Whether there is nothing to propose. */
  public boolean isEmpty() {
    return waiting.values().stream().allMatch(Piece::isIncluded);
  }

  /** What the next payload should carry, within the limits. */
  public List<Evidence> forPayload() {
    var chosen = new ArrayList<Evidence>();
    var bytes = 0;
    for (var piece : waiting.values()) {
      var length = EvidenceCodec.encode(piece.evidence()).length();
      if (!piece.isIncluded()
          && chosen.size() < CheckpointBody.EVIDENCE_MAX
          && bytes + length <= PAYLOAD_BYTES_MAX) {
        bytes += length;
        chosen.add(piece.evidence());
      }
    }
    return chosen;
  }

  private static Charge chargeOf(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Fork fork -> new Charge.Forked(fork.first().star());
      case Evidence.DoubleVote(var first, _) ->
          new Charge.VotedTwice(
              first.header().committee(), first.header().era(), first.header().sender());
    };
  }
}
