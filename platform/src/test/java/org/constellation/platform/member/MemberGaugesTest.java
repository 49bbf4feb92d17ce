package org.constellation.platform.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.constellation.platform.TestCommittees;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.observe.Metrics;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

class MemberGaugesTest {

  private static final TestCommittees GALAXY = TestCommittees.of(Committee.GALAXY, 4, 1);
  private static final MemberSeat SEAT =
      new MemberSeat(TestNetwork.hashOf("gauges"), GALAXY.plan(), 1, GALAXY.keys().get(1));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<String, MemberView> views = new ConcurrentHashMap<>();
  private final MemberGauges gauges =
      new MemberGauges(meters, name -> Optional.ofNullable(views.get(name)));

  @Test
  void tellWhyAMemberStandsStill() {
    gauges.watch(SEAT);
    assertThat(stalledBy(StallCode.STOPPED)).as("not begun").isZero();
    assertThat(gauge(Metrics.MEMBER_SILENT)).as("not begun").isNaN();

    views.put(SEAT.name(), MemberView.refused(SEAT.name(), "no journal"));
    assertThat(stalledBy(StallCode.STOPPED)).isEqualTo(1);
    assertThat(gauge(Metrics.MEMBER_SILENT)).as("hears nobody").isNaN();

    var silent = List.of(new MemberView.Silent(0, "a", 1), new MemberView.Silent(2, "b", 1));
    views.put(
        SEAT.name(),
        new MemberView(
            SEAT.name(),
            5,
            4,
            silent,
            Optional.empty(),
            Optional.of("stalled"),
            Optional.of(StallCode.SILENT_MEMBERS)));
    assertThat(stalledBy(StallCode.STOPPED)).isZero();
    assertThat(stalledBy(StallCode.SILENT_MEMBERS)).isEqualTo(1);
    assertThat(gauge(Metrics.MEMBER_SILENT)).isEqualTo(2);
    assertThat(gauge(Metrics.FAULTY_MAX)).isEqualTo(1);
  }

  @Test
  void areGoneWithTheMembersThatTheyShow() {
    gauges.watch(SEAT);
    gauges.watch(SEAT);
    gauges.close();
    assertThat(meters.getMeters()).isEmpty();
  }

  private double stalledBy(StallCode code) {
    return meters
        .get(Metrics.MEMBER_STALLED)
        .tags(Metrics.MEMBER, SEAT.name(), Metrics.CODE, code.name())
        .gauge()
        .value();
  }

  private double gauge(String name) {
    return meters.get(name).tag(Metrics.MEMBER, SEAT.name()).gauge().value();
  }
}
