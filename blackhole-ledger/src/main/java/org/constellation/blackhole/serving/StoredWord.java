package org.constellation.blackhole.serving;

import java.time.Duration;
import java.util.List;
import org.constellation.blackhole.BlackholeLedgerApplication;
import org.constellation.blackhole.ledger.LedgerKeeper;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.platform.follow.LedgerListener;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the members of its organisation which blocks are stored, so that they may forget them:
 * after every block, and once in a while, since the word may get lost.
 */
public final class StoredWord implements LedgerListener, AutoCloseable {

  private static final Duration REPEAT = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(StoredWord.class);

  private final Topics topics;
  private final LedgerKeeper keeper;
  private final EnvelopePublisher publisher;
  private final Loops loops;
  private final Loop loop;
  private long repeatAt;

  /**
   * Begins to repeat at once.
   *
   * @param key of the ledger; the members know it
   * @param keeper has stored what is told
   * @param loops run it
   */
  public StoredWord(
      Genesis genesis,
      Topics topics,
      Transport transport,
      SigningKey key,
      LedgerKeeper keeper,
      Loops loops) {
    this.topics = topics;
    this.keeper = keeper;
    this.loops = loops;
    this.publisher =
        transport.publisher(
            new Sender(genesis.network(), new Committee(Committee.Layer.BLACKHOLE, 0), 0, key));
    this.repeatAt = loops.nanos() + REPEAT.toNanos();
    this.loop = loops.start(BlackholeLedgerApplication.NAME + "-stored", null, this::turn);
  }

  @Override
  public boolean on(FollowedBlock block) {
    say(block.height());
    return true;
  }

  private void say(long height) {
    publisher.publish(
        topics.blackholeSync(),
        LedgerMessage.TO_ALL,
        List.of(new LedgerMessage.Stored(height).encode()));
  }

  private long turn() {
    var left = repeatAt - loops.nanos();
    if (left > 0) {
      return left;
    }
    repeat();
    repeatAt = loops.nanos() + REPEAT.toNanos();
    return REPEAT.toNanos();
  }

  private void repeat() {
    try {
      if (keeper.height() > 0) {
        say(keeper.height());
      }
    } catch (RuntimeException | Error e) {
      // Said again soon; were it never said again, members would keep their blocks for good.
      LOG.warn("Cannot say what is stored", e);
    }
  }

  @Override
  public void close() {
    loop.close();
    publisher.close();
  }
}
