package org.constellation.platform.outbox;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.constellation.protocol.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The outbox as its service sees it: rows in the service's own transactions. */
public final class Outbox {

  private final JdbcClient database;
  private final OutboxProperties properties;
  private final Clock clock;
  private final FreshMessages fresh;

  Outbox(JdbcClient database, OutboxProperties properties, Clock clock, FreshMessages fresh) {
    this.database = database;
    this.properties = properties;
    this.clock = clock;
    this.fresh = fresh;
  }

  /**
   * Writes messages in the caller's transaction. They are sent as soon as it has committed, and
   * never if it rolls back.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void add(List<OutboxMessage> messages) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("the outbox is written with the data it belongs to");
    }
    if (messages.isEmpty()) {
      return;
    }
    database
        .sql(
            """
            INSERT INTO outbox (destination, key, reference, message, due_millis)
            SELECT *, :due FROM unnest(:destinations::text[], :keys::bytea[],
                                       :references::bytea[], :messages::bytea[])
            """)
        .param("due", clock.millis() + properties.resendFirst().toMillis())
        .param(
            "destinations",
            messages.stream().map(OutboxMessage::destination).toArray(String[]::new))
        .param("keys", bytes(messages.stream().map(OutboxMessage::key).toList()))
        .param("references", bytes(messages.stream().map(OutboxMessage::reference).toList()))
        .param("messages", bytes(messages.stream().map(OutboxMessage::message).toList()))
        .update();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            fresh.add(messages);
          }
        });
  }

  /** Forgets messages that arrived, in the caller's transaction if there is one. */
  public void arrived(Collection<Bytes> references) {
    if (references.isEmpty()) {
      return;
    }
    database
        .sql("DELETE FROM outbox WHERE reference = ANY (:references::bytea[])")
        .param("references", bytes(references))
        .update();
  }

  /** How many messages wait for an answer. */
  public long size() {
    return database.sql("SELECT count(*) FROM outbox").query(Long.class).single();
  }

  private static byte[][] bytes(Collection<Bytes> values) {
    return values.stream().map(Bytes::toArray).toArray(byte[][]::new);
  }
}
