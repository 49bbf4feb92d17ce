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
import org.constellation.protocol.wire.NoticeCodec;

/**
 * Notices that wait for a galaxy block, each kind in a place of its own, so that a flood of one
 * crowds out nothing else.
 */
final class NoticePool {

  /** Most notices of one kind. */
  static final int PER_KIND_MAX = 16_384;

  /** Most notices of one star and kind. */
  static final int PER_STAR_MAX = 4;

  private final Map<Notice.Kind, Map<Hash, Notice>> kinds = new EnumMap<>(Notice.Kind.class);

  /** Only looked up in, never walked through. */
  private final Map<Owner, Integer> counts = new LinkedHashMap<>();

  private record Owner(StarId star, Notice.Kind kind) {}

  /** What of a kind a proposal may carry at most, in bytes. The sum fits a payload. */
  static int payloadShareBytes(Notice.Kind kind) {
    return switch (kind) {
      case CHECK_IN -> 96 * 1024;
      case JOIN -> 96 * 1024;
      case RELOCATION, CANDIDATE_WITHDRAWAL -> 24 * 1024;
      case CANDIDATE_OFFER -> 48 * 1024;
      case KEY_PART, KEY_ACK -> 128 * 1024;
    };
  }

  boolean contains(Hash id) {
    return kinds.values().stream().anyMatch(kind -> kind.containsKey(id));
  }

  /** Adds a signed notice; the limit that keeps it out, if one does. */
  Optional<String> add(Notice notice) {
    var kind = kinds.computeIfAbsent(notice.kind(), _ -> new LinkedHashMap<>());
    if (kind.containsKey(notice.id())) {
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

  /** Drops what can have no effect any more. */
  void retainAfter(LedgerState state) {
    for (var kind : kinds.values()) {
      kind.values()
          .removeIf(
              notice -> {
                var isOld = isStale(notice, state);
                if (isOld) {
                  counts.computeIfPresent(
                      new Owner(notice.star(), notice.kind()), (_, n) -> n > 1 ? n - 1 : null);
                }
                return isOld;
              });
    }
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
