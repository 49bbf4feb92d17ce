package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.constellation.blackhole.BlackholeLedgerApplication;
import org.constellation.clusterconsensus.ClusterConsensusApplication;
import org.constellation.galaxyservice.GalaxyServiceApplication;
import org.constellation.platform.member.MemberView;
import org.constellation.platform.member.Members;
import org.constellation.platform.observe.Metrics;
import org.constellation.star.StarServiceApplication;
import org.constellation.testsupport.RealKafka;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever checks signatures tells how many, and in whose name. */
class CountedChecksTest {

  /** Of those that host no members, and of those that do. */
  private static final List<String> ALONE =
      List.of(StarServiceApplication.NAME, BlackholeLedgerApplication.NAME);

  private static final List<String> HOSTS =
      List.of(ClusterConsensusApplication.NAME, GalaxyServiceApplication.NAME);

  @TempDir private Path directory;

  @BeforeAll
  static void prepare() {
    System.setProperty("spring.kafka.bootstrap-servers", RealKafka.bootstrapServers());
    LocalServices.initializeLogging();
  }

  @Test
  void everyServiceCountsItsChecksInItsOwnNameOrItsMembers() throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "checks");
        var ledger = network.follow();
        var running = network.start(ServiceContexts.services())) {
      await().atMost(TestNetwork.PATIENCE).until(() -> ledger.height() >= 3);
      for (var service : ALONE) {
        await()
            .atMost(TestNetwork.PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(checks(running, service)).containsOnlyKeys(service);
                  assertThat(checks(running, service).values()).allMatch(CountedChecksTest::isUsed);
                });
      }
      for (var service : HOSTS) {
        var members =
            running.context(service).getBean(Members.class).views().stream()
                .map(MemberView::name)
                .toList();
        assertThat(members).hasSize(4);
        await()
            .atMost(TestNetwork.PATIENCE)
            .untilAsserted(
                () -> {
                  var checks = checks(running, service);
                  // What members check is theirs alone.
                  assertThat(checks.remove(service)).matches(timer -> timer.count() == 0);
                  assertThat(checks).containsOnlyKeys(members);
                  assertThat(checks.values()).allMatch(CountedChecksTest::isUsed);
                });
      }
      for (var service : ServiceContexts.services()) {
        // An envelope is taken only after its signature was checked, which is counted first.
        var received = received(running, service);
        var made = checks(running, service).values().stream().mapToDouble(Timer::count).sum();
        assertThat(made).as(service).isGreaterThanOrEqualTo(received);
      }
    }
  }

  private static boolean isUsed(Timer timer) {
    return timer.count() > 0 && timer.totalTime(TimeUnit.NANOSECONDS) > 0;
  }

  private static Map<String, Timer> checks(RunningServices running, String service) {
    var checks = new TreeMap<String, Timer>();
    meters(running, service)
        .find(Metrics.SIGNATURE_CHECKS)
        .timers()
        .forEach(timer -> checks.put(String.valueOf(timer.getId().getTag(Metrics.MEMBER)), timer));
    return checks;
  }

  private static double received(RunningServices running, String service) {
    return meters(running, service).find(Metrics.ENVELOPES_RECEIVED).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static MeterRegistry meters(RunningServices running, String service) {
    return running.context(service).getBean(MeterRegistry.class);
  }
}
