package org.constellation.platform.transport;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Purpose;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only sound envelopes through, cheapest check first. Refusals are counted, never thrown. What
 * carried the records plays no part.
 */
public final class RecordCheck {

  private static final Logger LOG = LoggerFactory.getLogger(RecordCheck.class);

  private final String reader;
  private final Hash network;
  private final SignatureVerifier verifier;
  private final MeterRegistry meters;
  private final Map<Purpose, Counter> accepted = new ConcurrentHashMap<>();
  private final Opener opener;

  /** Reads an envelope whose signature is yet to be checked; a function of the bytes alone. */
  @FunctionalInterface
  public interface Opener {
    /** The envelope; empty if these bytes are none. */
    Optional<Envelope> open(byte[] value);
  }

  /**
   * @param reader for logs
   * @param network envelopes of other networks are refused
   * @param meters count what was accepted and what was refused
   */
  public RecordCheck(
      String reader, Hash network, SignatureVerifier verifier, MeterRegistry meters) {
    this(
        reader,
        network,
        verifier,
        meters,
        value -> EnvelopeCodec.open(Bytes.copyOf(value)).toOptional());
  }

  /**
   * For who carries records within one process, and so can read each once for all who get it.
   *
   * @param opener answers as {@link EnvelopeCodec#open} does
   */
  public RecordCheck(
      String reader,
      Hash network,
      SignatureVerifier verifier,
      MeterRegistry meters,
      Opener opener) {
    this.opener = opener;
    this.reader = reader;
    this.network = network;
    this.verifier = verifier;
    this.meters = meters;
  }

  /** What a feed wants of a record; empty if it is addressed to others, or is not sound. */
  public Optional<ReceivedEnvelope> open(
      Feed feed, SenderCheck senders, byte @Nullable [] key, byte @Nullable [] value) {
    if (!isAddressed(feed, key)) {
      return Optional.empty();
    }
    var topic = feed.topic();
    return open(topic.purpose(), senders, value)
        .map(envelope -> new ReceivedEnvelope(topic, envelope, value == null ? 0 : value.length));
  }

  private static boolean isAddressed(Feed feed, byte @Nullable [] key) {
    var only = feed.onlyKey();
    var except = feed.exceptKey();
    return (only == null || Arrays.equals(only.toArray(), key))
        && (except == null || !Arrays.equals(except.toArray(), key));
  }

  /** A record on which a check of ours fails costs only itself: whoever reads goes on. */
  Optional<Envelope> open(Purpose purpose, SenderCheck senders, byte @Nullable [] value) {
    try {
      return examine(purpose, senders, value);
    } catch (RuntimeException e) {
      // Not at ERROR: a peer may have found the bytes that bring it about.
      LOG.warn("{} fails to check a record of {}", reader, purpose.slug(), e);
      return reject(purpose, Rejection.DEFECT);
    }
  }

  private Optional<Envelope> examine(
      Purpose purpose, SenderCheck senders, byte @Nullable [] value) {
    if (value == null || value.length > Envelope.BYTES_MAX) {
      return reject(purpose, Rejection.SIZE);
    }
    var opened = opener.open(value);
    if (opened.isEmpty()) {
      return reject(purpose, Rejection.MALFORMED);
    }
    var envelope = opened.get();
    if (!envelope.header().network().equals(network)) {
      return reject(purpose, Rejection.WRONG_NETWORK);
    }
    if (!senders.admits(envelope.header())) {
      return reject(purpose, Rejection.UNWANTED_SENDER);
    }
    if (!EnvelopeCodec.isSigned(envelope, verifier)) {
      return reject(purpose, Rejection.BAD_SIGNATURE);
    }
    accepted
        .computeIfAbsent(
            purpose, of -> meters.counter(Metrics.ENVELOPES_RECEIVED, Metrics.PURPOSE, of.slug()))
        .increment();
    return opened;
  }

  private Optional<Envelope> reject(Purpose purpose, Rejection why) {
    LOG.debug("{} refuses a record of {}: {}", reader, purpose.slug(), why);
    meters
        .counter(
            Metrics.ENVELOPES_REJECTED, Metrics.PURPOSE, purpose.slug(), Metrics.CODE, why.name())
        .increment();
    return Optional.empty();
  }
}
