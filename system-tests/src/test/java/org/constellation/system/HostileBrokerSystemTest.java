package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever runs the broker does what he likes with the records on it, while payments are made. After
 * each of his acts there is one history, and what was under way has become final.
 */
@Tag("system")
class HostileBrokerSystemTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Payments that are under way when something happens. */
  private static final int UNDER_WAY = 10;

  /** Records of a topic that are those of many rounds. */
  private static final int ROUNDS_OLD = 500;

  /** How often readers lost their place, or their broker. */
  private static final String TROUBLES = "constellation_subscription_troubles_total";

  /** How many records were not sound. */
  private static final String REFUSED = "constellation_envelopes_rejected_total";

  private static Platform platform;
  private static Api api;
  private static Imports imports;
  private static Payments payments;
  private static Histories histories;
  private static Records records;

  @BeforeAll
  static void up(@TempDir Path directory) throws IOException {
    platform = Platform.up(directory.resolve("data"), "--processes");
    api = new Api(platform.address());
    payments = Payments.of(platform, api);
    histories = Histories.ofAll(platform);
    records = new Records(platform.brokerAddress());
    imports = new Imports(platform, directory);
  }

  @AfterAll
  static void down() throws Exception {
    try (var network = platform;
        var _ = api;
        var _ = records;
        var running = imports) {
      running.finish();
      network.awaitAllWell();
      Ledger.requireBalances(network, running.expectedBalances());
      System.out.println(histories);
    }
  }

  @BeforeEach
  void pay() throws IOException {
    imports.awaitPayments();
    payments.make(UNDER_WAY);
  }

  @AfterEach
  void oneHistoryAndNothingLost() throws Exception {
    payments.make(UNDER_WAY);
    payments.awaitFinal();
    imports.awaitPayments();
    histories.requireOne();
    Ledger.requireConservation(platform);
  }

  @Test
  void recordsAreDeletedUnderTheirReaders() throws Exception {
    // Whoever stands still for a while comes back to places that there are no more.
    var behind = List.of("facilitator-2", "galaxy-2");
    var before = behind.stream().map(name -> platform.figure(name, TROUBLES, "")).toList();
    for (var round = 0; round < 3; round++) {
      for (var name : behind) {
        platform.signal(name, "STOP");
      }
      try {
        awaitBlocks(3);
        assertThat(records.deleteAll()).as("records deleted").isPositive();
      } finally {
        for (var name : behind) {
          platform.signal(name, "CONT");
        }
      }
      payments.make(UNDER_WAY);
      assertThat(records.deleteAll()).as("records deleted").isPositive();
    }
    for (var name : behind) {
      await()
          .alias("lost places of " + name)
          .atMost(PATIENCE)
          .until(() -> platform.figure(name, TROUBLES, "") > before.get(behind.indexOf(name)));
      platform.awaitWell(name);
    }
  }

  @Test
  void topicsAreDeletedAndMadeAgain() throws Exception {
    for (var topic : records.topics()) {
      var before = records.identityOf(topic);
      records.deleteTopic(topic);
      payments.make(1);
      await().atMost(PATIENCE).until(() -> records.topics().contains(topic));
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> !records.identityOf(topic).equals(before));
      payments.make(1);
      payments.awaitFinal();
    }
  }

  @Test
  void oldRoundsAreReplayed() throws Exception {
    var votes = "constellation.local.c0.consensus.v1";
    await().atMost(PATIENCE).until(() -> records.oldest(votes, ROUNDS_OLD).size() == ROUNDS_OLD);
    var replayed = 0;
    try (var producer = records.producer()) {
      for (var topic : records.topics()) {
        for (var old : records.oldest(topic, ROUNDS_OLD)) {
          var again = new ProducerRecord<>(topic, null, old.key(), old.value(), old.headers());
          var _ = producer.send(again);
          replayed++;
        }
        payments.make(1);
      }
    }
    assertThat(replayed).as("records replayed").isGreaterThan(ROUNDS_OLD);
    awaitBlocks(3);
  }

  @Test
  void theBrokerStandsStill() throws Exception {
    platform.signal("broker", "STOP");
    try (var member = platform.managementOf("galaxy-1")) {
      // Its members say so when they have waited in vain for several seconds.
      await()
          .atMost(PATIENCE)
          .until(
              () -> member.get("/actuator/health").text().contains("the broker does not answer"));
      payments.make(UNDER_WAY);
    } finally {
      platform.signal("broker", "CONT");
    }
  }

  @Test
  void aMemberReadsFromAnotherBrokerWhichLies() throws Exception {
    var name = "facilitator-3";
    var usual = platform.commandOf(name);
    try (var broker = new SecondBroker(platform);
        var second = new Records(broker.address())) {
      second.makeTopics(records.topics());
      try (var bridge = new Bridge(records, second, records.topics());
          var member = platform.apiOf(name)) {
        bridge.crossing().lie(true);
        platform.replace(name, broker.instead(usual));
        await()
            .atMost(PATIENCE)
            .until(
                () -> bridge.crossing().lies(),
                lies ->
                    lies.size() == Crossing.Lie.values().length
                        && lies.values().stream().allMatch(count -> count > 200));
        await()
            .alias("records of " + name)
            .atMost(PATIENCE)
            .until(bridge::carriedBack, count -> count > 0);
        await()
            .alias("records that " + name + " refused")
            .atMost(PATIENCE)
            .until(() -> platform.figure(name, REFUSED, ""), count -> count > 0);
        payments.make(UNDER_WAY);
        payments.awaitFinal();
        histories.requireOne();

        // Its partitions stand still, those of the others do not.
        bridge.open(false);
        await()
            .atMost(PATIENCE)
            .until(
                () -> member.get("/api/clusters").expect(200).path(0).path("facilitators").path(0),
                own -> own.has("stalled"));
        awaitBlocks(3);
        bridge.open(true);
        bridge.crossing().lie(false);
        platform.awaitWell(name);
        histories.requireOne();
        System.out.println("lies: " + bridge.crossing().lies());
      } finally {
        platform.replace(name, usual);
      }
    }
  }

  private static void awaitBlocks(int more) {
    var before = height();
    await().atMost(PATIENCE).until(() -> height() >= before + more);
  }

  private static long height() {
    return api.get("/api/blocks/latest").expect(200).path("height").asLong();
  }
}
