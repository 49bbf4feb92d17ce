package org.constellation.star;

import java.util.List;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.star.feed.Listeners;
import org.constellation.star.relay.Relay;
import org.constellation.star.writer.AfterCommit;
import org.constellation.star.writer.Books;

/** What is durable may be sent, and whoever listens may know. */
public final class Announcements implements AfterCommit {

  private final Relay relay;
  private final Books books;
  private final Listeners listeners;

  /** Tells {@code relay} and {@code listeners}; what there is at the start is in the books. */
  public Announcements(Relay relay, Books books, Listeners listeners) {
    this.relay = relay;
    this.books = books;
    this.listeners = listeners;
  }

  /** Also at the start: what the database holds is to be sent. */
  @Override
  public void recalled() {
    relay.forget();
    books.outbox(segment -> relay.send(List.of(segment)));
    for (var account : books.waitingForHome()) {
      var notice = account.joinNotice();
      if (notice != null) {
        relay.join(account.star(), notice);
      }
    }
    listeners.cutOff();
  }

  @Override
  public void committed(Committed batch) {
    var changes = batch.changes();
    relay.executed(changes.executed());
    relay.withdrawn(changes.withdrawn());
    relay.send(changes.outgoing());
    relay.homed(batch.homed());
    for (var account : changes.opened()) {
      var notice = account.joinNotice();
      if (notice != null && !account.homed()) {
        relay.join(account.star(), notice);
      }
    }
    for (var fork : batch.forks()) {
      relay.fork(fork.star(), ChainCodec.encode(fork));
    }
    listeners.tell(batch.transactions());
  }
}
