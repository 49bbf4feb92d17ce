package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.constellation.protocol.chain.AssetId;
import org.constellation.testsupport.RealKafka;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four facilitators and four galaxy members in one JVM, every message through a real broker. */
class PaymentTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @BeforeAll
  static void nameTheBroker() {
    System.setProperty("spring.kafka.bootstrap-servers", RealKafka.bootstrapServers());
    LocalServices.initializeLogging();
  }

  @Test
  void becomesFinal() throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "payment");
        var ledger = network.follow();
        var _ = RunningServices.start(new ServiceContexts(network.settings()).contexts())) {
      await().atMost(PATIENCE).until(() -> ledger.height() >= 1);
      var payer = network.treasury();
      var payee = network.facilitator(1);
      var proposal = payer.pay(payee.id(), 1_000, 1_000);
      var agreement = payee.agree(proposal.last().id());
      var segments = List.of(proposal, agreement);
      var from = System.nanoTime();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                if ((System.nanoTime() - from) / 1_000_000 % 1_000 < 25) {
                  TestStar.send(network.publisher(), network.topics(), segments);
                }
                return ledger
                    .latestState()
                    .map(state -> state.balance(payee.id(), AssetId.NO0S) == 1_000)
                    .orElse(false);
              });
      assertThat(ledger.trouble()).isEmpty();
    }
  }
}
