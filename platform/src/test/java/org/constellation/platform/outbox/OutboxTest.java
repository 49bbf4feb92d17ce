package org.constellation.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.constellation.platform.SettableClock;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.protocol.Bytes;
import org.constellation.testsupport.RealPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class OutboxTest {

  private static final Topics TOPICS = new Topics("outboxtest");

  private final SettableClock clock = new SettableClock(1_000_000);
  private final Recorder network = new Recorder();
  private JdbcClient database;
  private TransactionTemplate transactions;
  private OutboxRelay relay;

  private static final class Recorder implements EnvelopePublisher {
    private final List<String> sent = new CopyOnWriteArrayList<>();

    @Override
    public void publish(Topic topic, Bytes key, List<Bytes> messages) {
      messages.forEach(
          message -> sent.add(topic.purpose().slug() + " " + new String(message.toArray(), UTF_8)));
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void makeOutbox() throws IOException {
    var source = RealPostgres.freshDatabase(OutboxTest.class).dataSource();
    database = JdbcClient.create(source);
    transactions = new TransactionTemplate(new DataSourceTransactionManager(source));
    database
        .sql(new ClassPathResource("db/outbox/R__outbox.sql").getContentAsString(UTF_8))
        .update();
    relay = startRelay();
  }

  @AfterEach
  void close() {
    relay.close();
  }

  @Test
  void sendsWhatWasCommittedAtOnce() {
    add("a", "b");
    await().until(() -> network.sent.equals(List.of("gossip a", "gossip b")));
    assertThat(relay.outbox().size()).isEqualTo(2);
  }

  @Test
  void sendsNothingOfARolledBackTransaction() {
    transactions.executeWithoutResult(
        status -> {
          relay.outbox().add(List.of(message("never")));
          status.setRollbackOnly();
        });
    add("a");
    await().until(() -> network.sent.contains("gossip a"));
    assertThat(network.sent).doesNotContain("gossip never");
    assertThat(relay.outbox().size()).isEqualTo(1);
  }

  @Test
  void isWrittenInATransactionOnly() {
    assertThatThrownBy(() -> relay.outbox().add(List.of(message("a"))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sendsAgainWithGrowingPausesUntilItArrived() {
    add("a");
    await().until(() -> network.sent.size() == 1);
    clock.forward(3_000);
    awaitSent(2);
    assertThat(due()).as("the pause has doubled").isBetween(3_001L, 6_000L);
    clock.forward(6_000);
    awaitSent(3);

    transactions.executeWithoutResult(
        _ -> relay.outbox().arrived(List.of(message("a").reference())));
    assertThat(relay.outbox().size()).isZero();
    clock.forward(1_000_000);
    add("b");
    await().until(() -> network.sent.contains("gossip b"));
    assertThat(network.sent).hasSize(4);
  }

  @Test
  void sendsAfterARestartWhatNobodyAnswered() {
    add("a");
    relay.close();
    network.sent.clear();
    clock.forward(3_000);
    relay = startRelay();
    awaitSent(1);
    assertThat(network.sent).containsExactly("gossip a");
  }

  @Test
  void keepsWhatHasNoWayYet() {
    transactions.executeWithoutResult(
        _ ->
            relay
                .outbox()
                .add(
                    List.of(
                        new OutboxMessage("nowhere", Bytes.EMPTY, bytes("lost"), bytes("lost")))));
    add("a");
    await().until(() -> network.sent.equals(List.of("gossip a")));
    assertThat(relay.outbox().size()).isEqualTo(2);
  }

  /** Lets the time between two looks pass as often as it takes: one may just have been. */
  private void awaitSent(int count) {
    await()
        .until(
            () -> {
              clock.forward(20);
              return network.sent.size() == count;
            });
  }

  private long due() {
    return database.sql("SELECT due_millis FROM outbox").query(Long.class).single()
        - clock.millis();
  }

  private void add(String... texts) {
    transactions.executeWithoutResult(
        _ -> relay.outbox().add(Arrays.stream(texts).map(OutboxTest::message).toList()));
  }

  private static OutboxMessage message(String text) {
    return new OutboxMessage("home", bytes("star"), bytes("reference of " + text), bytes(text));
  }

  private OutboxRelay startRelay() {
    var started =
        new OutboxRelay(
            "test",
            database,
            transactions,
            TestNetwork.properties(OutboxProperties.class, Map.of("look", "20ms")),
            (destination, _) ->
                destination.equals("home") ? Optional.of(TOPICS.gossip(0)) : Optional.empty(),
            network,
            new SimpleMeterRegistry(),
            clock);
    started.start();
    return started;
  }

  private static Bytes bytes(String text) {
    return Bytes.copyOf(text.getBytes(UTF_8));
  }
}
