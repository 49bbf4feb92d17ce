package org.constellation.platform.member;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.constellation.platform.observe.Metrics;

/**
 * How members see themselves and their committees, for monitors. Safe for use by several threads.
 */
final class MemberGauges {

  private final MeterRegistry meters;
  private final Function<String, Optional<MemberView>> views;
  private final Set<String> watched = ConcurrentHashMap.newKeySet();
  private final List<Gauge> gauges = new ArrayList<>();

  /**
   * @param views by the members' names
   */
  MemberGauges(MeterRegistry meters, Function<String, Optional<MemberView>> views) {
    this.meters = meters;
    this.views = views;
  }

  /** From now on this member is shown, whether it runs or not. */
  synchronized void watch(MemberSeat seat) {
    if (!watched.add(seat.name())) {
      return;
    }
    var tags = Tags.of(Metrics.MEMBER, seat.name());
    for (var code : StallCode.values()) {
      add(
          Metrics.MEMBER_STALLED,
          tags.and(Metrics.CODE, code.name()),
          seat,
          view -> view.code().filter(code::equals).isPresent() ? 1 : 0,
          0);
    }
    // Who does not listen has no figure: a 0 would say that all are heard.
    add(
        Metrics.MEMBER_SILENT,
        tags,
        seat,
        view -> view.stopped().isPresent() ? Double.NaN : view.silent().size(),
        Double.NaN);
    gauges.add(
        Gauge.builder(Metrics.FAULTY_MAX, seat, of -> of.plan().faultyMax())
            .tags(tags)
            .strongReference(true)
            .register(meters));
  }

  private void add(
      String name,
      Tags tags,
      MemberSeat seat,
      Function<MemberView, Number> figure,
      Number withoutMember) {
    gauges.add(
        Gauge.builder(name, () -> views.apply(seat.name()).map(figure).orElse(withoutMember))
            .tags(tags)
            .register(meters));
  }

  /** Whoever hosts the same members next has figures of its own. */
  synchronized void close() {
    gauges.forEach(meters::remove);
    gauges.clear();
    watched.clear();
  }
}
