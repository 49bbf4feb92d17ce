package org.constellation.platform.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.constellation.platform.observe.LogContext;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.protocol.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what is in the outbox: fresh messages at once, from memory; later those that are still
 * there when they are due, many to an envelope. Several relays may work on one table: a message
 * sent twice is harmless.
 */
public final class OutboxRelay implements AutoCloseable {

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

  private final JdbcClient database;
  private final TransactionOperations transactions;
  private final OutboxProperties properties;
  private final OutboxRoute route;
  private final EnvelopePublisher publisher;
  private final MeterRegistry meters;
  private final Clock clock;
  private final FreshMessages fresh;
  private final Outbox outbox;
  private final Thread thread;
  private volatile boolean closed;

  private record Due(long id, OutboxMessage message) {}

  /**
   * @param service its name, for threads and logs
   */
  public OutboxRelay(
      String service,
      JdbcClient database,
      TransactionOperations transactions,
      OutboxProperties properties,
      OutboxRoute route,
      EnvelopePublisher publisher,
      MeterRegistry meters,
      Clock clock) {
    this.database = database;
    this.transactions = transactions;
    this.properties = properties;
    this.route = route;
    this.publisher = publisher;
    this.meters = meters;
    this.clock = clock;
    this.fresh = new FreshMessages(properties.freshMax());
    this.outbox = new Outbox(database, properties, clock, fresh);
    this.thread =
        Thread.ofVirtual()
            .name(service + "-outbox")
            .unstarted(LogContext.of(service, null, this::run));
  }

  /** The side that the service writes to. */
  public Outbox outbox() {
    return outbox;
  }

  /** Begins to send. */
  public void start() {
    thread.start();
  }

  private void run() {
    var nextLook = clock.millis();
    while (!closed) {
      try {
        var wait = Math.max(0, nextLook - clock.millis());
        send(fresh.take(Duration.ofMillis(wait), properties.batchMax()));
        if (clock.millis() >= nextLook) {
          var full = resend() == properties.batchMax();
          nextLook = full ? clock.millis() : clock.millis() + properties.look().toMillis();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (DataAccessException | TransactionException e) {
        LOG.warn("The outbox cannot be read: {}", e.toString());
        nextLook = clock.millis() + properties.look().toMillis();
      }
    }
  }

  /** Sends what is due and puts it off; how many. */
  private int resend() {
    var due = transactions.execute(_ -> takeDue());
    if (due == null || due.isEmpty()) {
      return 0;
    }
    send(due.stream().map(Due::message).toList());
    meters.counter(Metrics.OUTBOX_RESENT).increment(due.size());
    return due.size();
  }

  private List<Due> takeDue() {
    // Losing this in a crash only means to send once more, so nobody waits for the disk.
    database.sql("SET LOCAL synchronous_commit = off").update();
    return database
        .sql(
            """
            UPDATE outbox
            SET attempts = attempts + 1,
                due_millis = :now + least(:max, :first * (1::bigint << least(attempts, 20)))
            WHERE id IN (SELECT id FROM outbox WHERE due_millis <= :now
                         ORDER BY due_millis, id LIMIT :batch FOR UPDATE SKIP LOCKED)
            RETURNING id, destination, key, reference, message
            """)
        .param("now", clock.millis())
        .param("first", properties.resendFirst().toMillis())
        .param("max", properties.resendMax().toMillis())
        .param("batch", properties.batchMax())
        .query(
            (row, _) ->
                new Due(
                    row.getLong("id"),
                    new OutboxMessage(
                        row.getString("destination"),
                        Bytes.copyOf(row.getBytes("key")),
                        Bytes.copyOf(row.getBytes("reference")),
                        Bytes.copyOf(row.getBytes("message")))))
        .stream()
        .sorted(Comparator.comparingLong(Due::id))
        .toList();
  }

  private void send(List<OutboxMessage> messages) {
    var batches = new LinkedHashMap<Batch, List<Bytes>>();
    for (var message : messages) {
      var topic = route.topicOf(message.destination(), message.key());
      if (topic.isPresent()) {
        // One partition needs no key to keep a star's messages in order.
        var key = topic.get().purpose().partitions() == 1 ? Bytes.EMPTY : message.key();
        batches
            .computeIfAbsent(new Batch(topic.get(), key), _ -> new ArrayList<>())
            .add(message.message());
      }
    }
    batches.forEach((batch, some) -> publisher.publish(batch.topic(), batch.key(), some));
  }

  private record Batch(Topic topic, Bytes key) {}

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
