package org.constellation.platform.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.topics.Topics;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders here do what senders do: they send again until they see that it arrived. */
class BrokerLossTest {

  private static final Topics TOPICS = new Topics("brokerloss");
  private static final Topic TOPIC = TOPICS.consensus(Committee.GALAXY);
  private static final Hash NETWORK = TestNetwork.hashOf("brokerloss");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temporary;

  @Test
  void envelopesFlowAgainAfterTheBrokerDiedAndAfterItLostItsData() throws Exception {
    try (var broker = new RestartableBroker(temporary.resolve("broker"));
        var keeper = TestNetwork.keeper(broker.bootstrapServers(), TOPICS);
        var transport =
            TestNetwork.transport(broker.bootstrapServers(), new SimpleMeterRegistry())) {
      keeper.start();
      assertThat(keeper.awaitComplete(PATIENCE)).isTrue();
      var inbox = new Inbox();
      transport.subscribe(
          new Subscription(
              "broker-loss",
              NETWORK,
              List.of(Feed.of(TOPIC)),
              Subscription.StartAt.LATEST,
              SenderCheck.anyone(),
              Ed25519.best()),
          inbox);
      var publisher =
          transport.publisher(new Sender(NETWORK, Committee.GALAXY, 0, TestNetwork.key(1)));
      for (var i = 0; i < 5; i++) {
        sendUntilSeen(publisher, inbox, "before " + i);
      }

      broker.stop();
      publisher.publish(TOPIC, Bytes.EMPTY, text("nobody hears this in time"));
      broker.start();
      sendUntilSeen(publisher, inbox, "after its death");

      broker.stop();
      broker.loseData();
      broker.start();
      sendUntilSeen(publisher, inbox, "after its loss");

      try (var admin = Admin.create(TestNetwork.client(broker.bootstrapServers()))) {
        admin.deleteTopics(List.of(TOPIC.name())).all().get();
      }
      sendUntilSeen(publisher, inbox, "after the topic's deletion");
    }
  }

  private static void sendUntilSeen(EnvelopePublisher publisher, Inbox inbox, String text) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              publisher.publish(TOPIC, Bytes.EMPTY, text(text));
              return inbox.texts().contains(text);
            });
  }

  private static List<Bytes> text(String text) {
    return List.of(Bytes.copyOf(text.getBytes(UTF_8)));
  }
}
