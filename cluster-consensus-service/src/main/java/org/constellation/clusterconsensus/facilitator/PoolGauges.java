package org.constellation.clusterconsensus.facilitator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.observe.Metrics;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;

/** A facilitator's pool in figures. Safe for use by several threads. */
final class PoolGauges {

  /** Most segments whose age is watched; of more, only the number is known. */
  private static final int WATCHED_MAX = 16_384;

  private final Hosting hosting;
  private final MemberSeat seat;
  private final Map<Watched, Long> sinceMillis = new LinkedHashMap<>();
  private volatile int size;

  private record Watched(StarId star, long sequence) {}

  PoolGauges(Hosting hosting, MemberSeat seat) {
    this.hosting = hosting;
    this.seat = seat;
    var tags = hosting.tags(seat);
    hosting.meters().gauge(Metrics.POOL_SIZE, tags, this, gauges -> gauges.size);
    hosting.meters().gauge(Metrics.POOL_OLDEST, tags, this, PoolGauges::oldestSeconds);
  }

  void pooled(Segment segment) {
    synchronized (sinceMillis) {
      if (sinceMillis.size() < WATCHED_MAX) {
        sinceMillis.putIfAbsent(
            new Watched(segment.star(), segment.last().sequence()), hosting.clock().millis());
      }
    }
  }

  void refused(Verdict verdict) {
    synchronized (sinceMillis) {
      sinceMillis.remove(new Watched(verdict.star(), verdict.sequence()));
    }
  }

  void rejected(String code) {
    hosting
        .meters()
        .counter(Metrics.REJECTED, hosting.tags(seat).and(Metrics.CODE, code))
        .increment();
  }

  void poolHas(int segments) {
    size = segments;
  }

  int poolSize() {
    return size;
  }

  /** What is executed does not wait any more. */
  void executed(LedgerState state) {
    synchronized (sinceMillis) {
      var oldest = sinceMillis.keySet().iterator();
      while (oldest.hasNext() && isExecuted(oldest.next(), state)) {
        oldest.remove();
      }
    }
  }

  private static boolean isExecuted(Watched one, LedgerState state) {
    return state.star(one.star()).map(star -> star.sequence() >= one.sequence()).orElse(true);
  }

  private double oldestSeconds() {
    synchronized (sinceMillis) {
      return sinceMillis.values().stream()
          .findFirst()
          .map(since -> (hosting.clock().millis() - since) / 1_000.0)
          .orElse(0.0);
    }
  }
}
