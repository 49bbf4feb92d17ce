package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.constellation.platform.member.MemberView;
import org.constellation.platform.member.Members;
import org.constellation.platform.observe.Metrics;
import org.constellation.testsupport.RealKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that come when the network has gone on for long, each in a context of its own. */
class NewcomerTest {

  /** Long is what takes a test some seconds. */
  private static final Map<String, String> SOON =
      Map.of(
          "constellation.follower.snapshot-blocks", "8",
          "constellation.follower.far-behind-blocks", "8",
          "constellation.follower.newcomer-after", "1s");

  private static final List<String> FIRST =
      List.of(
          "galaxy-1", "galaxy-2", "galaxy-3", "facilitator-1", "facilitator-2", "facilitator-3");

  @TempDir private Path directory;

  @BeforeAll
  static void prepare() {
    System.setProperty("spring.kafka.bootstrap-servers", RealKafka.bootstrapServers());
    SOON.forEach(System::setProperty);
    LocalServices.initializeLogging();
  }

  @AfterAll
  static void clear() {
    SOON.keySet().forEach(System::clearProperty);
  }

  @Test
  void membersThatComeLateBeginAfterTheSnapshotOfAnotherAndVoteWithTheirPeers() throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "newcomer");
        var ledger = network.follow();
        var first = network.start(FIRST)) {
      await().atMost(TestNetwork.PATIENCE).until(() -> ledger.height() >= 20);
      assertThat(adopted(first, "galaxy-1")).as("nobody was ahead of those").isZero();
      try (var galaxy = network.start(List.of("galaxy-4"));
          var facilitator = network.start(List.of("facilitator-4"))) {
        await()
            .atMost(TestNetwork.PATIENCE)
            .until(
                () ->
                    goesAlong(galaxy, "galaxy-4", first, "galaxy-1")
                        && goesAlong(facilitator, "facilitator-4", first, "facilitator-1"));
        assertThat(adopted(galaxy, "galaxy-4")).isOne();
        assertThat(adopted(facilitator, "facilitator-4")).isOne();

        var galaxyAt = certified(galaxy, "galaxy-4");
        var roundAt = certified(facilitator, "facilitator-4");
        first.context("galaxy-2").close();
        first.context("facilitator-2").close();
        await()
            .atMost(TestNetwork.PATIENCE)
            .until(
                () ->
                    certified(first, "galaxy-1") > galaxyAt + 3
                        && certified(first, "facilitator-1") > roundAt + 3);
        assertThat(ledger.trouble()).isEmpty();
      }
    }
  }

  @Test
  void aFacilitatorWithoutWhichItsClusterStandsStillGoesBackAndExecutesEveryBlock()
      throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "needed");
        var ledger = network.follow();
        var first = network.start(FIRST)) {
      await().atMost(TestNetwork.PATIENCE).until(() -> certified(first, "facilitator-1") >= 2);
      first.context("facilitator-3").close();
      var stoodAt = ledger.height();
      await().atMost(TestNetwork.PATIENCE).until(() -> ledger.height() >= stoodAt + 20);
      var round = certified(first, "facilitator-1");
      try (var last = network.start(List.of("facilitator-4"))) {
        await()
            .atMost(TestNetwork.PATIENCE)
            .until(
                () ->
                    certified(first, "facilitator-1") > round + 3
                        && goesAlong(last, "facilitator-4", first, "facilitator-1"));
        assertThat(adopted(last, "facilitator-4")).as("it tried to begin there").isOne();
        assertThat(ledger.trouble()).isEmpty();
      }
    }
  }

  private static boolean goesAlong(
      RunningServices late, String name, RunningServices first, String peer) {
    var reached = certified(late, name);
    return reached > 0 && reached + 1 >= certified(first, peer);
  }

  /** 0 for a member that has not begun. */
  private static long certified(RunningServices running, String name) {
    return running.context(name).getBean(Members.class).views().stream()
        .mapToLong(MemberView::certified)
        .findFirst()
        .orElse(0);
  }

  private static double adopted(RunningServices running, String name) {
    return running
        .context(name)
        .getBean(MeterRegistry.class)
        .find(Metrics.SNAPSHOTS_ADOPTED)
        .counters()
        .stream()
        .mapToDouble(one -> one.count())
        .sum();
  }
}
