package org.constellation.platform.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.constellation.platform.topics.Purpose;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Envelope;

/**
 * Opens what Spring Cloud Stream hands to a function: the same checks as in {@link Transport},
 * while polling and places are the binder's. For topics of which a reader may miss something,
 * because it is sent again or stands in the ledger.
 */
public final class StreamEnvelopes {

  private static final Duration AGAIN = Duration.ofMillis(10);

  private final RecordCheck check;
  private final Map<Purpose, ReentrantLock> turns = new ConcurrentHashMap<>();

  /**
   * @param network envelopes of other networks are refused
   * @param meters count what was accepted and what was refused
   */
  public StreamEnvelopes(Hash network, SignatureVerifier verifier, MeterRegistry meters) {
    this.check = new RecordCheck("stream", network, verifier, meters);
  }

  /**
   * Opens what is a sound envelope that is wanted, and hands it over. Its caller, who reads nothing
   * meanwhile, is held up until it is taken, and so is whoever else brings such envelopes: its
   * taker gets one at a time, from however many brokers.
   *
   * @param taker whether it took the envelope; if not, it is asked again a little later
   */
  public void handOver(
      Purpose purpose, SenderCheck senders, byte[] bytes, Predicate<Envelope> taker) {
    var envelope = open(purpose, senders, bytes);
    if (envelope.isEmpty()) {
      return;
    }
    var turn = turns.computeIfAbsent(purpose, _ -> new ReentrantLock(true));
    try {
      turn.lockInterruptibly();
      try {
        while (!taker.test(envelope.get())) {
          Thread.sleep(AGAIN);
        }
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      // The binder is closing: what was not taken is lost, as the network may lose it.
      Thread.currentThread().interrupt();
    }
  }

  /** The envelope; empty, and counted, if it is no sound one that is wanted. */
  public Optional<Envelope> open(Purpose purpose, SenderCheck senders, byte[] bytes) {
    return check.open(purpose, senders, bytes);
  }
}
