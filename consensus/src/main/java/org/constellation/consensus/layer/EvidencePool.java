package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.EvidenceCodec;

/**
 * Evidence that this member found and that has not convicted anybody yet, one piece per culprit; of
 * two headers, one piece per committee, since whoever signed both is in it. Only the ledger's state
 * says that a culprit is dealt with: what stands in a block may prove nothing, and would else
 * protect whom it names.
 */
public final class EvidencePool {

  /** Most culprits of each kind waiting; more are dropped, the first ones bring them down too. */
  public static final int CULPRITS_MAX = 256;

  /** Room in a payload for the largest fork there is: both segments at their longest. */
  public static final int FORK_BYTES_MAX = 2 * Segment.BYTES_MAX + 64;

  /** Most bytes of double votes in one payload. */
  public static final int DOUBLE_VOTE_BYTES_MAX = 128 * 1024;

  /**
   * Most bytes of two headers with their certificates in one payload; what is longer is not kept.
   * The longest checkpoints of the largest committees fit twice; a galaxy header does unless it has
   * era plans or many changes of the pool.
   */
  public static final int HEADERS_BYTES_MAX = 64 * 1024;

  /** Most pieces with two headers in one payload: whoever makes a block checks every signature. */
  public static final int HEADERS_PER_PAYLOAD_MAX = 2;

  /** Most bytes of forks that wait. */
  private static final int WAITING_FORK_BYTES_MAX = 16 * 1024 * 1024;

  /** Most culprits of whom a block awaits its execution. */
  private static final int AWAITED_MAX = 4_096;

  private static final Committee NOBODYS = new Committee(Committee.Layer.STAR, 0);

  private final Room doubleVotes = new Room(DOUBLE_VOTE_BYTES_MAX, Integer.MAX_VALUE);
  private final Room forks;
  private final Room headers = new Room(HEADERS_BYTES_MAX, Integer.MAX_VALUE);

  /** Rounds of blocks with evidence that should convict once it is executed. */
  private final Map<Case, Long> awaited = new TreeMap<>();

  /** What one piece is kept for: a star, a member, or a committee's two headers. */
  private record Case(Optional<Culprit> culprit, Committee committee, long era)
      implements Comparable<Case> {

    private static final Comparator<Case> ORDER =
        Comparator.comparing(Case::committee)
            .thenComparingLong(Case::era)
            .thenComparing(one -> one.culprit().isPresent());

    static Case of(Evidence evidence) {
      return switch (evidence) {
        case Evidence.Fork fork ->
            new Case(Optional.of(new Culprit.Star(fork.first().star())), NOBODYS, 0);
        case Evidence.DoubleVote(var first, _) -> {
          var header = first.header();
          var member = new Culprit.Member(header.committee(), header.era(), header.sender());
          yield new Case(Optional.of(member), header.committee(), header.era());
        }
        case Evidence.TwoHeaders(var first, _) ->
            new Case(Optional.empty(), first.committee(), first.era());
      };
    }

    @Override
    public int compareTo(Case other) {
      var byPlace = ORDER.compare(this, other);
      return byPlace != 0 || culprit.isEmpty()
          ? byPlace
          : culprit.get().compareTo(other.culprit.orElseThrow());
    }
  }

  /** Forks are long and cheap to make: they have no part in the room of double votes. */
  private static final class Room {
    private final int payloadBytesMax;
    private final int waitingBytesMax;
    private final Map<Case, Piece> waiting = new LinkedHashMap<>();
    private int bytes;

    private Room(int payloadBytesMax, int waitingBytesMax) {
      this.payloadBytesMax = payloadBytesMax;
      this.waitingBytesMax = waitingBytesMax;
    }

    private void offer(Evidence evidence) {
      var of = Case.of(evidence);
      if (waiting.containsKey(of) || waiting.size() >= CULPRITS_MAX) {
        return;
      }
      var length = EvidenceCodec.encode(evidence).length();
      if (length <= payloadBytesMax && length <= waitingBytesMax - bytes) {
        waiting.put(of, new Piece(evidence, length));
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

  /** Keeps {@code evidence} unless its culprits are dealt with in {@code state}. */
  public void offer(Evidence evidence, LedgerState state) {
    if (!EvidenceCheck.isDealtWith(evidence, state)) {
      room(evidence).offer(evidence);
    }
  }

  /** Whether {@link #offer} would keep it: before anybody takes the trouble to check it. */
  public boolean isWanted(Evidence evidence, LedgerState state) {
    var of = Case.of(evidence);
    return !room(evidence).waiting.containsKey(of)
        && !awaited.containsKey(of)
        && !EvidenceCheck.isDealtWith(evidence, state);
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
      awaited.put(Case.of(evidence), round);
    }
  }

  /** Learns the state after the execution of the blocks up to {@code round}. */
  public void executed(LedgerState state, long round) {
    awaited.values().removeIf(included -> included <= round);
    for (var room : List.of(headers, doubleVotes, forks)) {
      room.removeIf(evidence -> EvidenceCheck.isDealtWith(evidence, state));
    }
  }

  /**
   * Whether there is anything to propose.
   *
   * @param convicts whether a block with a piece would convict somebody as things are
   */
  public boolean isAnyDue(Predicate<? super Evidence> convicts) {
    return isAnyDue(headers, convicts)
        || isAnyDue(doubleVotes, convicts)
        || isAnyDue(forks, convicts);
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
    choose(headers, HEADERS_PER_PAYLOAD_MAX, convicts, chosen);
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
      case Evidence.TwoHeaders _ -> headers;
    };
  }
}
