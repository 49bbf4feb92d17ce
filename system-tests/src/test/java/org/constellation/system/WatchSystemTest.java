package org.constellation.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.testsupport.TestCertificates;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus asks a running network for its metrics. Every panel's query must have a result,
 * and every alert that a fault can bring about here must see it; the queries of faults have theirs
 * during the faults. {@code -Dconstellation.docs.write=true} writes the list of metrics anew.
 */
@Tag("system")
class WatchSystemTest {

  /** What is not brought about here: of these the figures that are compared must be there. */
  private static final Set<String> NOT_PROVOKED =
      Set.of(
          "BrokerAway", // TwoBrokersSystemTest has more than one
          "ConnectionsRefused",
          "DiskFilling",
          "ErrorsLogged",
          "FollowerBehind",
          "HeapShort",
          "JournalFailing",
          "LedgerRefused",
          "MemberConvicted",
          "MemberStopped",
          "PaymentsSlow",
          "SubscriptionLagging");

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final String COMPARISON = " (>|<|==) [0-9.]+$";
  private static final String NOT_SHARED = "{organisation!=\"shared\"}";
  private static final String METRICS = "monitoring/prometheus/metrics.txt";
  private static final List<String> AWAY = List.of("facilitator-3", "facilitator-4");
  private static final String TRAIL = "-Dlogging.level.constellation.trail=debug";
  private static final String REFUSED =
      "constellation_envelopes_rejected_total{code=\"MALFORMED\"}";
  private static final byte[] RUBBISH = {1, 2, 3};

  @TempDir private Path directory;

  /** Queries by where they stand, until they have had an answer. */
  private final Map<String, String> open = new TreeMap<>();

  @Test
  void everyPanelAndEveryAlertHasItsAnswerInARunningNetwork() throws Exception {
    assumeTrue(
        Prometheus.isInstalled(),
        "prometheus is not installed (Debian's package prometheus): no query is asked");
    try (var platform =
            Platform.upWith(directory.resolve("data"), TRAIL + certificate(), "--processes");
        var prometheus = Prometheus.of(platform, directory.resolve("prometheus"));
        var api = new Api(platform.address())) {
      open.putAll(panels(platform));
      var alerts = prometheus.alerts();
      assertThat(alerts.keySet()).containsAll(NOT_PROVOKED);
      alerts.forEach(
          (name, expression) ->
              open.put(
                  "alert " + name,
                  NOT_PROVOKED.contains(name)
                      ? expression.replaceFirst(COMPARISON, "").replace(NOT_SHARED, "")
                      : expression));
      var all = open.size();
      var payments = Payments.of(platform, api);
      payments.make(20);
      payments.awaitFinal();
      requireTrail(platform, api);
      // A quiet network with payments answers all but what is about faults.
      await().atMost(PATIENCE).pollInterval(LOOK).until(() -> ask(prometheus) <= all / 5);
      System.out.println("without a fault there is no answer to " + open.keySet());

      payments.make(1);
      misbehave(platform, api);
      // An increase is one of a counter that is known.
      await().atMost(PATIENCE).until(() -> prometheus.answers(REFUSED));
      flood(platform);
      awaitAnswers(prometheus, "alert StarForked", "alert EnvelopesRejected", "alert MemberFaulty");
      platform.killAll(AWAY);
      payments.make(3);
      platform.killAll(List.of("blackhole-ledger"));
      awaitAnswers(prometheus, "alert QuorumLost", "alert MemberSilent", "alert ServiceDown");

      platform.killNow(List.of("broker"));
      awaitAnswers(prometheus, "alert BrokerLost");
      delete(platform.data().resolve("broker"));
      platform.startAll(List.of("broker"));
      awaitAnswers(prometheus, "alert CommitteeStalled", "alert PaymentsStuck");
      assertThat(prometheus.firing()).contains("QuorumLost", "ServiceDown");

      platform.killNow(List.of("database"));
      for (var attempt = 0; attempt < 3; attempt++) {
        assertThat(api.post("/api/stars", "{}", null).status()).isEqualTo(503);
      }
      awaitAnswers(prometheus, "alert DatabaseLost");
      platform.killAll(List.of("star-service"));
      await()
          .atMost(PATIENCE)
          .pollInterval(LOOK)
          .untilAsserted(
              () -> {
                for (var attempt = 0; attempt < 20; attempt++) {
                  assertThat(api.get("/api/transactions/00").status()).isEqualTo(503);
                }
                ask(prometheus);
                assertThat(open).isEmpty();
              });
      requireMetrics(platform, prometheus);
    }
  }

  /** One that ends in ten days, in every service; nobody is shown it. */
  private String certificate() {
    var bundle = " -Dspring.ssl.bundle.jks.watched.keystore.";
    var store = TestCertificates.keyStore(directory.resolve("watched.p12"), "watched");
    return bundle
        + "location=file:"
        + store
        + bundle
        + "type=PKCS12"
        + bundle
        + "password="
        + TestCertificates.PASSWORD;
  }

  private void awaitAnswers(Prometheus prometheus, String... wanted) {
    await()
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .untilAsserted(
            () -> {
              ask(prometheus);
              assertThat(open).doesNotContainKeys(wanted);
            });
  }

  /** Asks all that had no answer yet; how many have none. */
  private int ask(Prometheus prometheus) {
    open.values().removeIf(prometheus::answers);
    return open.size();
  }

  private static Map<String, String> panels(Platform platform) throws IOException {
    var queries = new TreeMap<String, String>();
    for (var query : PanelQuery.all(platform)) {
      queries.put(
          "%s: %s %s".formatted(query.dashboard(), query.panel(), query.reference()),
          query.over(MINUTE));
    }
    assertThat(queries).hasSizeGreaterThan(50);
    return queries;
  }

  /** Every service that a payment passed tells of it under its id. */
  private static void requireTrail(Platform platform, Api api) throws IOException {
    platform.run("star", "new", "--name", "trail").expectSuccess();
    var id =
        platform.run("pay", "treasury", "trail", "1").expectSuccess().lines().findFirst().get();
    api.awaitStatus(id, "FINAL");
    for (var name : platform.processes()) {
      var log = platform.data().resolve("logs").resolve(name + ".log");
      if (!Set.of("broker", "database", "contract-gateway").contains(name)) {
        await()
            .alias("trail of " + id + " in " + name)
            .atMost(PATIENCE)
            .until(
                () ->
                    Files.readString(log, UTF_8).contains("\"constellation.transaction\":\"" + id));
      }
    }
  }

  /** What refused requests, strangers, a star and a member do wrong. */
  private static void misbehave(Platform platform, Api api) throws Exception {
    assertThat(api.post("/api/transactions", "{\"no\":1}", null).status()).isEqualTo(400);
    fork(api);
    var member = platform.data().resolve("members/facilitator-1/operational.key");
    var key = Ed25519.best().signingKey(Files.readAllBytes(member));
    var genesis = Files.readAllBytes(platform.data().resolve("genesis.bin"));
    var header =
        new Envelope.Header(
            Genesis.networkOf(genesis), Committee.ofCluster(0), 0, key.publicKey(), 1, 1);
    var nonsense = List.of(Bytes.copyOf("nonsense".getBytes(UTF_8)));
    var signed = EnvelopeCodec.encode(EnvelopeCodec.seal(header, nonsense, key)).toArray();
    try (var records = new Records(platform.brokerAddress());
        var producer = records.producer()) {
      for (var topic : records.topics()) {
        if (topic.contains(".c0.consensus.") || topic.contains(".c0.gossip.")) {
          producer.send(new ProducerRecord<>(topic, signed)).get();
          producer.send(new ProducerRecord<>(topic, RUBBISH)).get();
        }
      }
    }
  }

  private static void flood(Platform platform) {
    try (var records = new Records(platform.brokerAddress());
        var producer = records.producer()) {
      for (var topic : records.topics()) {
        for (var number = 0; topic.contains(".c0.gossip.") && number < 2_000; number++) {
          var _ = producer.send(new ProducerRecord<>(topic, RUBBISH));
        }
      }
      producer.flush();
    }
  }

  private static void fork(Api api) {
    var owner = OwnedStar.open(api);
    var one = owner.prepareDefinition("ONE");
    var other = owner.prepareDefinition("TWO");
    owner.submit(one).expect(202);
    assertThat(owner.submit(other).code()).isEqualTo("FORK");
  }

  private static void requireMetrics(Platform platform, Prometheus prometheus) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("# The metrics that a running network showed, its faults included. Written by");
    lines.add("# WatchSystemTest.");
    var shown = new TreeSet<>(prometheus.metrics());
    shown.removeIf(
        name -> name.startsWith("scrape_") || name.equals("up") || name.startsWith("ALERTS"));
    lines.addAll(shown);
    var file = platform.built(METRICS);
    if (Boolean.getBoolean("constellation.docs.write")) {
      Files.write(file, lines);
    }
    // What else there is depends on the machine's collector and on what happened to be measured.
    var listed = Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
    assertThat(shown.stream().filter(name -> name.startsWith("constellation_")).toList())
        .isSubsetOf(listed);
  }

  private static void delete(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
