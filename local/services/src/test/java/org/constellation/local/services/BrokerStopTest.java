package org.constellation.local.services;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.constellation.clusterconsensus.ClusterConsensusApplication;
import org.constellation.galaxyservice.GalaxyServiceApplication;
import org.constellation.platform.member.MemberView;
import org.constellation.platform.member.Members;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Members that share a JVM have no path to each other but the broker. */
class BrokerStopTest {

  /** Idle layers certify a block every second. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

  @TempDir private Path directory;

  @Test
  void noCertificateIsMadeWithoutTheBroker() throws Exception {
    var broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperties(Map.of("auto.create.topics.enable", "false"));
    broker.afterPropertiesSet();
    System.setProperty("spring.kafka.bootstrap-servers", broker.getBrokersAsString());
    LocalServices.initializeLogging();
    try (var network = new TestNetwork(directory, broker.getBrokersAsString(), "stopped");
        var running = network.start()) {
      await()
          .atMost(TestNetwork.PATIENCE)
          .until(() -> certified(running).stream().allMatch(round -> round >= 2));

      broker.destroy();
      // What was certified by messages that had arrived before may still be counted.
      var before = new AtomicReference<List<Long>>(List.of());
      await()
          .atMost(TestNetwork.PATIENCE)
          .during(LONG_ENOUGH)
          .until(
              () -> {
                var now = certified(running);
                return now.equals(before.getAndSet(now));
              });
    } finally {
      broker.destroy();
    }
  }

  private static List<Long> certified(RunningServices running) {
    return List.of(ClusterConsensusApplication.NAME, GalaxyServiceApplication.NAME).stream()
        .flatMap(name -> running.context(name).getBean(Members.class).views().stream())
        .map(MemberView::certified)
        .toList();
  }
}
