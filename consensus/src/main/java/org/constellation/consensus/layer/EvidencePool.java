package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.EvidenceCodec;

/**
 * Evidence that this member found and that has not convicted anybody yet, one piece per culprit.
 * Only the ledger's state says that a culprit is dealt with: what stands in a block may prove
 * nothing, and would else protect whom it names.
 */
public final class EvidencePool {

  /** Most culprits of each kind waiting; more are dropped, the first ones bring them down too. */
  public static final int CULPRITS_MAX = 256;

  /** Room in a payload for the largest fork there is: both segments at their longest. */
  public static final int FORK_BYTES_MAX = 2 * Segment.BYTES_MAX + 64;

  /** Most bytes of double votes in one payload. */
  public static final int DOUBLE_VOTE_BYTES_MAX = 128 * 1024;

  /** Most bytes of forks that wait. */
  private static final int WAITING_FORK_BYTES_MAX = 16 * 1024 * 1024;

  /** Most culprits of whom a block awaits its execution. */
  private static final int AWAITED_MAX = 4_096;

  private final Room doubleVotes = new Room(DOUBLE_VOTE_BYTES_MAX, Integer.MAX_VALUE);
  private final Room forks;

  /** Rounds of blocks with evidence that should convict once it is executed. */
  private final Map<Culprit, Long> awaited = new TreeMap<>();

  /** Forks are long and cheap to make: they have no part in the room of double votes. */
  private static final class Room {
    private final int payloadBytesMax;
    private final int waitingBytesMax;
    private final Map<Culprit, Piece> waiting = new LinkedHashMap<>();
    private int bytes;

    private Room(int payloadBytesMax, int waitingBytesMax) {
      this.payloadBytesMax = payloadBytesMax;
      this.waitingBytesMax = waitingBytesMax;
    }

    private void offer(Culprit culprit, Evidence evidence) {
      if (waiting.containsKey(culprit) || waiting.size() >= CULPRITS_MAX) {
        return;
      }
      var length = EvidenceCodec.encode(evidence).length();
      if (length <= payloadBytesMax && length <= waitingBytesMax - bytes) {
        waiting.put(culprit, new Piece(evidence, length));
        bytes += length;
      }
    }

    private void removeIf(Predicate<? super Evidence> isDone) {
      waiting.values().removeIf(piece -> isDone.test(piece.evidence()));
      bytes = waiting.values().stream().mapToInt(Piece::length).sum();
    }
  }

  private record Piece(Evidence evidence, int length) {}

  /**
   * A pool.
   *
   * @param forkBytesMax most bytes of forks in one payload; a longer one is not kept
   */
  public EvidencePool(int forkBytesMax) {
    this.forks = new Room(forkBytesMax, WAITING_FORK_BYTES_MAX);
  }

  /** Keeps {@code evidence} unless its culprit is dealt with in {@code state}. */
  public void offer(Evidence evidence, LedgerState state) {
    var culprit = Culprit.of(evidence);
    if (!culprit.isDealtWith(state)) {
      room(evidence).offer(culprit, evidence);
    }
  }

  /**
   * Learns that a block carries {@code evidence}. That very piece is not proposed again, and
   * nothing against its culprit until the block is executed.
   *
   * @param convicts whether executing the block should make the culprit's guilt a part of the state
   */
  public void included(Evidence evidence, long round, boolean convicts) {
    room(evidence).removeIf(evidence::equals);
    if (convicts && awaited.size() < AWAITED_MAX) {
      awaited.put(Culprit.of(evidence), round);
    }
  }

  /** Learns the state after the execution of the blocks up to {@code round}. */
  public void executed(LedgerState state, long round) {
    awaited.values().removeIf(included -> included <= round);
    doubleVotes.removeIf(evidence -> Culprit.of(evidence).isDealtWith(state));
    forks.removeIf(evidence -> Culprit.of(evidence).isDealtWith(state));
  }

  /**
   * Whether there is anything to propose.
   *
   * @param convicts whether a block with a piece would convict somebody as things are
   */
  public boolean isAnyDue(Predicate<? super Evidence> convicts) {
    return isAnyDue(doubleVotes, convicts) || isAnyDue(forks, convicts);
  }

  private boolean isAnyDue(Room room, Predicate<? super Evidence> convicts) {
    return room.waiting.entrySet().stream()
        .anyMatch(
            entry ->
                !awaited.containsKey(entry.getKey()) && convicts.test(entry.getValue().evidence()));
  }

  /**
   * What the next payload should carry, within the limits.
   *
   * @param convicts as above: what must wait keeps nothing else out
   */
  public List<Evidence> forPayload(Predicate<? super Evidence> convicts) {
    var chosen = new ArrayList<Evidence>();
    choose(doubleVotes, CheckpointBody.EVIDENCE_MAX / 2, convicts, chosen);
    choose(forks, CheckpointBody.EVIDENCE_MAX, convicts, chosen);
    return chosen;
  }

  private void choose(
      Room room, int countMax, Predicate<? super Evidence> convicts, List<Evidence> chosen) {
    var bytes = 0;
    for (var entry : room.waiting.entrySet()) {
      var piece = entry.getValue();
      if (!awaited.containsKey(entry.getKey())
          && chosen.size() < countMax
          && bytes + piece.length() <= room.payloadBytesMax
          && convicts.test(piece.evidence())) {
        bytes += piece.length();
        chosen.add(piece.evidence());
      }
    }
  }

  private Room room(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Fork _ -> forks;
      case Evidence.DoubleVote _ -> doubleVotes;
    };
  }
}
