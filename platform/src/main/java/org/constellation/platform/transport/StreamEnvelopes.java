package org.constellation.platform.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Envelope;

/**
 * Envelopes for Spring Cloud Stream, whose functions carry bytes: the same seal and the same checks
 * as in {@link Transport}, while polling, groups and retries are the binder's.
 */
public final class StreamEnvelopes {

  private final EnvelopeFormat format = new WireEnvelopeFormat();
  private final AtomicLong counter = new AtomicLong();
  private final SignatureVerifier verifier;
  private final MeterRegistry meters;
  private final Clock clock;

  /** Checks with {@code verifier} and counts in {@code meters}. */
  public StreamEnvelopes(SignatureVerifier verifier, MeterRegistry meters, Clock clock) {
    this.verifier = verifier;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * What a function returns or a bridge sends.
   *
   * @throws IllegalArgumentException if the messages do not fit one envelope
   */
  public byte[] seal(Sender sender, List<Bytes> messages) {
    var header =
        new Envelope.Header(
            sender.network(),
            sender.committee(),
            sender.era(),
            sender.key().publicKey(),
            counter.incrementAndGet(),
            clock.millis());
    return format.seal(header, messages, sender.key());
  }

  /** What a function was given; empty, and counted, if it is no sound envelope that is wanted. */
  public Optional<ReceivedEnvelope> open(
      Topic topic, Hash network, SenderCheck senders, byte[] bytes) {
    var subscription =
        new Subscription(
            "stream", network, List.of(), Subscription.StartAt.LATEST, senders, verifier);
    return new RecordCheck(subscription, format, meters).open(topic, bytes);
  }
}
