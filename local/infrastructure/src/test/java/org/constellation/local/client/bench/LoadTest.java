package org.constellation.local.client.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.constellation.local.client.FakeNetwork;
import org.constellation.local.client.Network;
import org.constellation.local.client.Wallets.Wallet;
import org.constellation.local.client.load.Endings;
import org.junit.jupiter.api.Test;

class LoadTest {

  private static final Duration WARM_UP = Duration.ofMillis(200);
  private static final Duration MEASURED = Duration.ofMillis(500);

  @Test
  void offersWhatThePlanSaysWhateverTheNetworkTakes() throws Exception {
    try (var network = FakeNetwork.start();
        var client = network.client()) {
      network.takeAtMost(20);
      var load =
          new Load(
              client, senders(client), new Load.Plan(200, 10, WARM_UP, MEASURED, false, false));
      var begun = new AtomicInteger();
      try (var _ = Endings.after(client, 0, load::ended)) {
        load.run(begun::incrementAndGet);
        await().until(() -> load.tally().rejectedCount() == 100);
      }

      assertThat(begun).hasValue(1);
      assertThat(load.offered()).isEqualTo(100);
      assertThat(load.tally().rejectedByReason()).containsOnlyKeys("TOO_MANY_OPEN");
      assertThat(network.paymentCount()).isEqualTo(20);
    }
  }

  @Test
  void countsEveryPaymentOnceWhenItIsFinal() throws Exception {
    try (var network = FakeNetwork.start();
        var client = network.client()) {
      var load =
          new Load(client, senders(client), new Load.Plan(0, 5, WARM_UP, MEASURED, false, false));
      try (var _ = Endings.after(client, 0, load::ended)) {
        load.run(() -> {});
        await().until(() -> load.openCount() == 0);
        await().until(() -> load.tally().finalCount() == load.offered());
      }

      assertThat(load.tally().rejectedByReason()).isEmpty();
      assertThat(load.finalInTime()).isPositive().isLessThanOrEqualTo(network.paymentCount());
    }
  }

  @Test
  void insistingSendsAgainWhatGotNoAnswerAndPaysOnce() throws Exception {
    try (var network = FakeNetwork.start();
        var client = network.client()) {
      var plan = new Load.Plan(200, 10, WARM_UP, MEASURED, false, true);
      var load = new Load(client, senders(client), plan);
      try (var _ = Endings.after(client, 0, load::ended)) {
        network.refuse(10);
        network.loseAnswers(10);
        load.run(() -> {});
        await().until(() -> load.tally().finalCount() == load.offered());
      }

      assertThat(load.tally().rejectedByReason()).isEmpty();
      assertThat(load.unanswered()).isZero();
      await().untilAsserted(() -> assertThat(network.paymentCount()).isEqualTo(140));
    }
  }

  @Test
  void asksForMoreSendersRatherThanHaveOnePayTwice() throws Exception {
    try (var network = FakeNetwork.start();
        var client = network.client()) {
      var load =
          new Load(client, senders(client), new Load.Plan(0, 9, WARM_UP, MEASURED, true, false));
      assertThatIOException()
          .isThrownBy(() -> load.run(() -> {}))
          .withMessageContaining("4 senders");
      await().untilAsserted(() -> assertThat(network.paymentCount()).isEqualTo(4));
    }
  }

  private static List<Wallet> senders(Network client) throws IOException, InterruptedException {
    var senders = new ArrayList<Wallet>();
    for (var number = 0; number < 4; number++) {
      var star = client.openStar();
      senders.add(new Wallet("sender-" + number, star.star(), star.token()));
    }
    return senders;
  }
}
