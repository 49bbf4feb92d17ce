package org.constellation.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.constellation.protocol.crypto.Ed25519;
import org.junit.jupiter.api.Test;

class SignatureChecksTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicLong spent = new AtomicLong();
  private final SignatureChecks checks =
      new SignatureChecks(Ed25519.best(), meters, () -> spent.getAndAdd(30));

  @Test
  void countsGoodAndBadOnesOnceWithTheirTimeUnderTheNameTheyAreMadeFor() {
    var one = checks.of("galaxy-1");
    var other = checks.of("galaxy-2");
    var key = one.signingKey(new byte[32]);
    var signature = key.sign(new byte[1]);

    assertThat(one.verify(key.publicKey(), new byte[1], signature)).isTrue();
    assertThat(one.verify(key.publicKey(), new byte[2], signature)).isFalse();
    assertThat(other.verify(key.publicKey(), new byte[1], signature)).isTrue();
    assertThat(checks.of("galaxy-2").verify(key.publicKey(), new byte[1], signature)).isTrue();

    assertFigures("galaxy-1", 2, 60);
    assertFigures("galaxy-2", 2, 60);
    assertThat(meters.find(Metrics.SIGNATURE_CHECKS).timers()).hasSize(2);
  }

  private void assertFigures(String member, long count, double nanos) {
    var timer = meters.get(Metrics.SIGNATURE_CHECKS).tag(Metrics.MEMBER, member).timer();
    assertThat(timer.count()).isEqualTo(count);
    assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(nanos);
  }

  @Test
  void timeSpentGrowsOnThreadsOfEitherKind() throws InterruptedException {
    var scheme = new SignatureChecks(Ed25519.best(), meters, ThreadTime::spentNanos);
    var key = scheme.of("any").signingKey(new byte[32]);
    var signature = key.sign(new byte[1]);
    Runnable check =
        () ->
            scheme
                .of(Thread.currentThread().getName())
                .verify(key.publicKey(), new byte[1], signature);
    Thread.ofPlatform().name("platform").start(check).join();
    Thread.ofVirtual().name("virtual").start(check).join();

    for (var thread : new String[] {"platform", "virtual"}) {
      var timer = meters.get(Metrics.SIGNATURE_CHECKS).tag(Metrics.MEMBER, thread).timer();
      assertThat(timer.count()).isEqualTo(1);
      assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    }
  }
}
