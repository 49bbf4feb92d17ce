package org.constellation.consensus.galaxy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.notice.Notice;

/**
 * The notices of one block, each at its first place: of every star and kind a few, of every kind a
 * share of the block, however many members propose them. The rest waits for the next.
 */
final class NoticeChoice {

  private final List<Notice> notices = new ArrayList<>();

  /** Only looked up in, as are the counts. */
  private final Set<Hash> ids = new HashSet<>();

  private final Map<NoticePool.Owner, Integer> counts = new HashMap<>();
  private final Map<Notice.Kind, Integer> bytes = new EnumMap<>(Notice.Kind.class);

  void add(Notice notice) {
    var owner = new NoticePool.Owner(notice.star(), notice.kind());
    var larger = bytes.getOrDefault(notice.kind(), 0) + NoticePool.sizeOf(notice);
    if (larger <= NoticePool.blockShareBytes(notice.kind())
        && counts.getOrDefault(owner, 0) < NoticePool.PER_STAR_MAX
        && ids.add(notice.id())) {
      bytes.put(notice.kind(), larger);
      counts.merge(owner, 1, Integer::sum);
      notices.add(notice);
    }
  }

  List<Notice> notices() {
    return notices;
  }
}
