package org.constellation.local.client.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.constellation.local.client.FakeNetwork;
import org.constellation.local.client.Network;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private static final Duration NO_PAUSE = Duration.ZERO;
  private static final int MORE_THAN_DEFECTS = 200;

  @Test
  void givesUpWhatMeetsADefectAgainAndAgainAndDeliversTheRest() throws Exception {
    try (var network = FakeNetwork.start();
        var client = network.client()) {
      network.failPaymentsOf(7);
      var delivery = new Delivery(client, new Courier(NO_PAUSE), 10, (_, _) -> {});
      for (var number = 1; number <= 10; number++) {
        delivery.add(order(number));
      }
      try (var _ = Endings.after(client, 0, delivery::ended)) {
        delivery.run();
      }

      var tally = delivery.tally();
      assertThat(tally.finalCount()).isEqualTo(9);
      assertThat(tally.unknownByReason()).containsExactly(entry("INTERNAL_ERROR", 1));
      assertThat(tally.rejectedByReason()).isEmpty();
      assertThat(tally.doneCount()).isEqualTo(10);
      assertThat(network.defectCount()).isEqualTo(60);
    }
  }

  @Test
  void waitsForOneThatCannotNowHoweverOftenItSaysSo() throws Exception {
    try (var network = FakeNetwork.start();
        var client = network.client()) {
      network.refuse(MORE_THAN_DEFECTS);

      assertThat(new Courier(NO_PAUSE).deliver(client, order(1)).status()).isEqualTo("PROPOSED");
    }
  }

  @Test
  void waitsForOneThatTakesNoConnection() throws Exception {
    var network = FakeNetwork.start();
    network.close();
    try (var client = network.client()) {
      var courier = new Courier(NO_PAUSE);
      var asked = new FutureTask<>(() -> courier.deliver(client, order(1)));
      var thread = Thread.ofPlatform().start(asked);

      await().until(() -> courier.trouble().contains("is the network up?"));
      assertThat(asked).isNotDone();
      thread.interrupt();
      thread.join();
    }
  }

  private static PaymentOrder order(int number) {
    var payment = new Network.Payment("star1payer", "star1payee", "no0s", number, "", 0);
    return new PaymentOrder(number, payment, "token", "order-" + number);
  }
}
