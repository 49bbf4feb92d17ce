package org.constellation.platform.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.constellation.platform.observe.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BrokerWatchTest {

  private static final Brokers BROKERS =
      new Brokers(
          new Brokers.Broker("ours", Map.of()), List.of(new Brokers.Broker("umai", Map.of())));

  private final AtomicLong now = new AtomicLong();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BrokerWatch watch = new BrokerWatch(BROKERS, meters, now::get);
  private final BrokersHealth health = new BrokersHealth(watch);
  private final BrokerContact umai = watch.of("umai");
  private final Object one = new Object();
  private final Object two = new Object();

  private void pass(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private Health health() {
    return health.health();
  }

  private double gauge(String organisation) {
    return meters.get(Metrics.BROKER_AWAY).tag(Metrics.ORGANISATION, organisation).gauge().value();
  }

  @Test
  void aBrokerIsAwayWhileNoReaderHearsFromIt() {
    umai.begins(one);
    umai.begins(two);
    umai.answers(one);
    umai.answers(two);
    umai.isSilent(one, "");
    pass(60);
    assertThat(health().getDetails()).containsEntry("umai", "answers");
    assertThat(gauge("umai")).isZero();

    umai.isSilent(two, "");
    pass(40);
    assertThat(health().getStatus()).isEqualTo(Status.UP);
    assertThat(health().getDetails())
        .containsEntry("umai", "unreachable for 40 s")
        .containsEntry("ours", "answers")
        .containsEntry("reason", "broker of umai unreachable for 40 s");
    assertThat(gauge("umai")).isEqualTo(40);
    assertThat(gauge("ours")).isZero();

    umai.answers(two);
    assertThat(health().getDetails()).doesNotContainKey("reason").containsEntry("umai", "answers");
    assertThat(gauge("umai")).isZero();
  }

  @Test
  void aPauseIsNoAbsence() {
    umai.begins(one);
    umai.answers(one);
    umai.isSilent(one, "");
    pass(BrokerContact.AWAY_AFTER.toSeconds() - 1);
    assertThat(health().getDetails()).containsEntry("umai", "answers");
  }

  @Test
  void onlyTheHomeBrokerTakesTheServiceDown() {
    watch.of("ours").begins(one);
    watch.of("ours").isSilent(one, "no answer about a topic");
    pass(11);
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health().getDetails())
        .containsEntry("reason", "broker of ours unreachable for 11 s: no answer about a topic");
  }

  @Test
  void whoReadsNoMoreMissesNothing() {
    umai.begins(one);
    umai.begins(two);
    umai.answers(one);
    pass(60);
    assertThat(gauge("umai")).isZero();
    umai.ends(one);
    pass(20);
    assertThat(gauge("umai")).isEqualTo(20);
    umai.ends(two);
    assertThat(gauge("umai")).isZero();
  }

  @Test
  void aChangeIsLoggedOnce(CapturedOutput output) {
    umai.begins(one);
    for (var poll = 0; poll < 30; poll++) {
      umai.isSilent(one, "refused");
      pass(1);
    }
    umai.answers(one);
    umai.answers(one);

    assertThat(output.getOut().lines().filter(line -> line.contains("broker of umai")))
        .satisfiesExactly(
            line -> assertThat(line).contains("WARN", "broker of umai is away: refused"),
            line -> assertThat(line).contains("WARN", "broker of umai is back after 30 s"));
  }
}
