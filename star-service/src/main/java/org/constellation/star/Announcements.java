package org.constellation.star;

import org.constellation.protocol.wire.ChainCodec;
import org.constellation.star.feed.Listeners;
import org.constellation.star.relay.Relay;
import org.constellation.star.writer.AfterCommit;

/** What is durable may be sent, and whoever listens may know. */
final class Announcements implements AfterCommit {

  private final Relay relay;
  private final Listeners listeners;

  Announcements(Relay relay, Listeners listeners) {
    this.relay = relay;
    this.listeners = listeners;
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
