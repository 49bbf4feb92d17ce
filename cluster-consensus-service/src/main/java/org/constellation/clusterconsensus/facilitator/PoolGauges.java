package org.constellation.clusterconsensus.facilitator;

import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.hosting.PoolAge;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.observe.Metrics;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;

/** A facilitator's pool in figures. Safe for use by several threads. */
final class PoolGauges {

  private final Hosting hosting;
  private final MemberSeat seat;
  private final PoolAge<Watched> age;
  private volatile int size;

  private record Watched(StarId star, long sequence) {}

  PoolGauges(Hosting hosting, MemberSeat seat) {
    this.hosting = hosting;
    this.seat = seat;
    this.age = new PoolAge<>(hosting.clock());
    var tags = hosting.tags(seat);
    hosting.meters().gauge(Metrics.POOL_SIZE, tags, this, gauges -> gauges.size);
    hosting.meters().gauge(Metrics.POOL_OLDEST, tags, age, PoolAge::oldestSeconds);
  }

  void pooled(Segment segment) {
    age.add(new Watched(segment.star(), segment.last().sequence()));
  }

  void refused(Verdict verdict) {
    age.remove(new Watched(verdict.star(), verdict.sequence()));
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
    age.removeIf(one -> isExecuted(one, state));
  }

  private static boolean isExecuted(Watched one, LedgerState state) {
    return state.star(one.star()).map(star -> star.sequence() >= one.sequence()).orElse(true);
  }
}
