package org.constellation.platform.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Optional;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.envelope.Envelope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets only sound envelopes through, cheapest check first. Refusals are counted, never thrown. */
final class RecordCheck {

  private static final Logger LOG = LoggerFactory.getLogger(RecordCheck.class);

  private final Subscription subscription;
  private final EnvelopeFormat format;
  private final MeterRegistry meters;

  RecordCheck(Subscription subscription, EnvelopeFormat format, MeterRegistry meters) {
    this.subscription = subscription;
    this.format = format;
    this.meters = meters;
  }

  boolean isAddressed(Feed feed, byte @Nullable [] key) {
    var only = feed.onlyKey();
    var except = feed.exceptKey();
    return (only == null || Arrays.equals(only.toArray(), key))
        && (except == null || !Arrays.equals(except.toArray(), key));
  }

  Optional<ReceivedEnvelope> open(Topic topic, byte @Nullable [] value) {
    if (value == null || value.length > Envelope.BYTES_MAX) {
      return reject(topic, Rejection.SIZE);
    }
    var opened = format.open(value);
    if (opened.isEmpty()) {
      return reject(topic, Rejection.MALFORMED);
    }
    var envelope = opened.get();
    if (!envelope.header().network().equals(subscription.network())) {
      return reject(topic, Rejection.WRONG_NETWORK);
    }
    if (!subscription.senders().admits(envelope.header())) {
      return reject(topic, Rejection.UNWANTED_SENDER);
    }
    if (!format.isSigned(envelope, subscription.verifier())) {
      return reject(topic, Rejection.BAD_SIGNATURE);
    }
    meters.counter(Metrics.ENVELOPES_RECEIVED, Metrics.PURPOSE, topic.purpose().slug()).increment();
    return Optional.of(new ReceivedEnvelope(topic, envelope, value.length));
  }

  private Optional<ReceivedEnvelope> reject(Topic topic, Rejection why) {
    LOG.debug("{} refuses a record of {}: {}", subscription.name(), topic, why);
    meters
        .counter(
            Metrics.ENVELOPES_REJECTED,
            Metrics.PURPOSE,
            topic.purpose().slug(),
            Metrics.CODE,
            why.name())
        .increment();
    return Optional.empty();
  }
}
