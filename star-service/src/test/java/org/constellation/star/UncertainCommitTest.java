package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.writer.Books;
import org.constellation.star.writer.Changes;
import org.constellation.star.writer.Outgoing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A database that commits and does not live to say so. */
class UncertainCommitTest {

  private final AtomicBoolean silent = new AtomicBoolean();

  @Test
  void sendsWhatWasStoredThoughTheCommitWasNeverConfirmed() {
    try (var network = RunningNetwork.start(UncertainCommitTest.class)) {
      var alice = network.fundedStar(100);
      var bob = network.openStar();
      network.stopService();
      network.wrap(Books.class, books -> new SilentBooks(books, silent));
      network.startService();
      network.awaitHome(alice.id());
      var body = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":2}".formatted(alice.id(), bob.id());
      network.galaxy().pause(true);

      silent.set(true);
      var unsure = network.post("/api/transactions", body, alice.token(), "Idempotency-Key", "1");
      assertThat(unsure.status()).isEqualTo(503);
      network.galaxy().pause(false);

      var again =
          network
              .post("/api/transactions", body, alice.token(), "Idempotency-Key", "1")
              .expect(202);
      network.awaitStatus(again.path("id").asString(), "FINAL");
      network.awaitStatus(network.pay(alice, bob.id(), 1), "FINAL");
      assertThat(network.balance(bob.id())).isEqualTo("3");
    }
  }

  /** Fails once after it has stored half-blocks. */
  private record SilentBooks(Books books, AtomicBoolean silent) implements Books {

    @Override
    public Map<StarId, StoredParty> parties(Collection<StarId> stars) {
      return books.parties(stars);
    }

    @Override
    public Map<Hash, Transaction> transactions(Collection<Hash> ids) {
      return books.transactions(ids);
    }

    @Override
    public Map<AnswerKey, StoredAnswer> answers(Collection<AnswerKey> keys) {
      return books.answers(keys);
    }

    @Override
    public Map<Long, Hash> halfBlockIds(StarId star, long from, long to) {
      return books.halfBlockIds(star, from, to);
    }

    @Override
    public Position position() {
      return books.position();
    }

    @Override
    public long lastChange() {
      return books.lastChange();
    }

    @Override
    public void outbox(Consumer<Outgoing> consumer) {
      books.outbox(consumer);
    }

    @Override
    public List<StoredAccount> waitingForHome() {
      return books.waitingForHome();
    }

    @Override
    public List<Unanswered> unanswered(@Nullable Unanswered after, int max) {
      return books.unanswered(after, max);
    }

    @Override
    public void write(Changes changes) {
      books.write(changes);
      if (!changes.outgoing().isEmpty() && silent.compareAndSet(true, false)) {
        throw new IllegalStateException("the connection is gone");
      }
    }
  }
}
