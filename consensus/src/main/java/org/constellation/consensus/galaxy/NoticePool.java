package org.constellation.consensus.galaxy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarRecord;
import org.constellation.protocol.wire.NoticeCodec;

/**
 * Notices that wait for a galaxy block, each kind in a place of its own, so that a flood of one
 * crowds out nothing else.
 */
final class NoticePool {

  /** Most notices of one kind. */
  static final int PER_KIND_MAX = 16_384;

  /** A block has room for the notices of this many full payloads that name different ones. */
  private static final int PAYLOADS_PER_BLOCK = 12;

  /** Most notices of one star and kind, in the pool and in a block. */
  static final int PER_STAR_MAX = 4;

  private final Map<Notice.Kind, Map<Hash, Notice>> kinds = new EnumMap<>(Notice.Kind.class);

  /** Only looked up in, never walked through. */
  private final Map<Owner, Integer> counts = new LinkedHashMap<>();

  record Owner(StarId star, Notice.Kind kind) {}

  /** What of a kind a proposal may carry at most, in bytes. The sum fits a payload. */
  static int payloadShareBytes(Notice.Kind kind) {
    return switch (kind) {
      case CHECK_IN -> 96 * 1024;
      case JOIN -> 96 * 1024;
      case RELOCATION, CANDIDATE_WITHDRAWAL -> 24 * 1024;
      case CANDIDATE_OFFER -> 48 * 1024;
      // The longest one, with what frames it: else it would block its kind for ever.
      case KEY_PART, KEY_ACK -> Notice.KEY_GENERATION_BYTES_MAX + 1024;
    };
  }

  /** What of a kind a block carries at most, in bytes. */
  static int blockShareBytes(Notice.Kind kind) {
    return PAYLOADS_PER_BLOCK * payloadShareBytes(kind);
  }

  /** Whether this very notice waits: an id covers neither key nor signature. */
  boolean holds(Notice notice) {
    return notice.equals(kinds.getOrDefault(notice.kind(), Map.of()).get(notice.id()));
  }

  /** Adds a signed notice; the limit that keeps it out, if one does. */
  Optional<String> add(Notice notice) {
    var kind = kinds.computeIfAbsent(notice.kind(), _ -> new LinkedHashMap<>());
    var same = kind.get(notice.id());
    if (same != null) {
      // Signed by the star's key of today, as this one is: whichever has it at execution counts.
      kind.put(notice.id(), notice);
      return Optional.empty();
    }
    var owner = new Owner(notice.star(), notice.kind());
    if (kind.size() >= PER_KIND_MAX) {
      return Optional.of("too many notices of this kind wait");
    }
    if (counts.getOrDefault(owner, 0) >= PER_STAR_MAX) {
      return Optional.of("too many notices of this star and kind wait");
    }
    kind.put(notice.id(), notice);
    counts.merge(owner, 1, Integer::sum);
    return Optional.empty();
  }

  boolean isEmpty() {
    return kinds.values().stream().allMatch(Map::isEmpty);
  }

  int size() {
    return kinds.values().stream().mapToInt(Map::size).sum();
  }

  /** Drops what a block has answered, whatever it said, and what can have no effect any more. */
  void retainAfter(LedgerState state, List<Notice> answered) {
    var gone = new HashSet<Hash>(); // Only looked up in.
    answered.forEach(notice -> gone.add(notice.id()));
    for (var kind : kinds.values()) {
      kind.values()
          .removeIf(
              notice -> {
                var isOld = gone.contains(notice.id()) || flawOf(notice, state).isPresent();
                if (isOld) {
                  counts.computeIfPresent(
                      new Owner(notice.star(), notice.kind()), (_, n) -> n > 1 ? n - 1 : null);
                }
                return isOld;
              });
    }
  }

  /** Why execution after {@code state} would turn the notice away, as far as can be told. */
  static Optional<String> flawOf(Notice notice, LedgerState state) {
    if (isStale(notice, state)) {
      return Optional.of("its counter was used before");
    }
    var star = state.star(notice.star());
    if (!notice.key().equals(star.map(StarRecord::key).orElse(notice.star().key()))) {
      return Optional.of("not by the star's key");
    }
    return switch (notice.payload()) {
      case Notice.Join(var clusters)
          when clusters.stream().allMatch(cluster -> state.cluster(cluster).isEmpty()) ->
          Optional.of("no such cluster");
      case Notice.Join _ -> Optional.empty();
      default -> star.isEmpty() ? Optional.of("of a star without a home") : Optional.empty();
    };
  }

  static boolean isStale(Notice notice, LedgerState state) {
    return notice.counter() <= state.counter(notice.star(), notice.kind());
  }

  /** What the next payload should carry: members and candidates, known stars, new keys. */
  List<Notice> forPayload(LedgerState state) {
    var members = members(state);
    var chosen = new ArrayList<Notice>();
    kinds.forEach(
        (kind, notices) -> {
          var share = payloadShareBytes(kind);
          for (var rank = 0; rank <= 2; rank++) {
            for (var notice : notices.values()) {
              if (rank(notice.star(), members, state) == rank) {
                share -= sizeOf(notice);
                if (share < 0) {
                  return;
                }
                chosen.add(notice);
              }
            }
          }
        });
    return chosen;
  }

  private static int rank(StarId star, Set<StarId> members, LedgerState state) {
    if (members.contains(star) || state.candidate(star).isPresent()) {
      return 0;
    }
    return state.star(star).isPresent() ? 1 : 2;
  }

  /** Only looked up in. */
  private static Set<StarId> members(LedgerState state) {
    var members = new HashSet<StarId>();
    state.galaxyPlan().members().stream().map(CommitteeMember::star).forEach(members::add);
    for (var cluster : state.clusters()) {
      state
          .eraPlan(Committee.ofCluster(cluster))
          .ifPresent(plan -> plan.members().forEach(member -> members.add(member.star())));
    }
    return members;
  }

  static int sizeOf(Notice notice) {
    return NoticeCodec.encode(notice).length() + 4;
  }
}
