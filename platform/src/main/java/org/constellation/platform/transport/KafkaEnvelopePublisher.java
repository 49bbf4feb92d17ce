package org.constellation.platform.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Envelope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One sender's envelopes, through a Kafka client of its own. */
final class KafkaEnvelopePublisher implements EnvelopePublisher {

  /** Header, signature and framing of an envelope stay far below this. */
  private static final int ENVELOPE_OVERHEAD = 1_024;

  /** Tag and length of one message. */
  private static final int MESSAGE_OVERHEAD = 6;

  private static final int BODY_BYTES_MAX = Envelope.BYTES_MAX - ENVELOPE_OVERHEAD;
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEnvelopePublisher.class);

  private final Producer<byte[], byte[]> producer;
  private final Sender sender;
  private final EnvelopeFormat format;
  private final MeterRegistry meters;
  private final Clock clock;
  private final FirstSends firstSends;
  private final Consumer<KafkaEnvelopePublisher> afterClose;
  private final AtomicLong counter = new AtomicLong();

  KafkaEnvelopePublisher(
      Producer<byte[], byte[]> producer,
      Sender sender,
      EnvelopeFormat format,
      MeterRegistry meters,
      Clock clock,
      Duration deliverWithin,
      String service,
      Consumer<KafkaEnvelopePublisher> afterClose) {
    this.producer = producer;
    this.sender = sender;
    this.format = format;
    this.meters = meters;
    this.clock = clock;
    this.firstSends = new FirstSends(producer, deliverWithin, service, clock);
    this.afterClose = afterClose;
  }

  @Override
  public void publish(Topic topic, Bytes key, List<Bytes> messages) {
    var some = new ArrayList<Bytes>();
    var bytes = 0;
    for (var message : messages) {
      var length = message.length() + MESSAGE_OVERHEAD;
      if (length > BODY_BYTES_MAX) {
        LOG.warn("A message of {} bytes for {} fits no envelope", message.length(), topic);
        unsent(topic);
        continue;
      }
      if (bytes + length > BODY_BYTES_MAX || some.size() == Envelope.MESSAGES_MAX) {
        send(topic, key, some);
        some.clear();
        bytes = 0;
      }
      some.add(message);
      bytes += length;
    }
    if (!some.isEmpty()) {
      send(topic, key, some);
    }
  }

  private void send(Topic topic, Bytes key, List<Bytes> messages) {
    var header =
        new Envelope.Header(
            sender.network(),
            sender.committee(),
            sender.era(),
            sender.key().publicKey(),
            counter.incrementAndGet(),
            clock.millis());
    var value = format.seal(header, messages, sender.key());
    var outgoing = new ProducerRecord<>(topic.name(), key.toArray(), value);
    if (firstSends.isDirect(topic.name())) {
      send(topic, outgoing);
    } else {
      firstSends.whenKnown(topic.name(), () -> send(topic, outgoing), () -> unsent(topic));
    }
  }

  private void send(Topic topic, ProducerRecord<byte[], byte[]> outgoing) {
    try {
      // The callback says all that the future would.
      var _ =
          producer.send(
              outgoing,
              (_, failure) -> {
                if (failure != null) {
                  LOG.debug("Not delivered to {}: {}", topic, failure.toString());
                  unsent(topic);
                }
              });
      var purpose = topic.purpose().slug();
      meters.counter(Metrics.ENVELOPES_SENT, Metrics.PURPOSE, purpose).increment();
      meters
          .counter(Metrics.BYTES_SENT, Metrics.PURPOSE, purpose)
          .increment(outgoing.value().length);
    } catch (KafkaException | IllegalStateException e) {
      // No metadata, buffer full, or closed: as if the network had lost it.
      LOG.debug("Not sent to {}: {}", topic, e.toString());
      firstSends.forget(topic.name());
      unsent(topic);
    }
  }

  private void unsent(Topic topic) {
    meters.counter(Metrics.ENVELOPES_UNSENT, Metrics.PURPOSE, topic.purpose().slug()).increment();
  }

  @Override
  public void close() {
    firstSends.close();
    producer.close(CLOSE_WITHIN);
    afterClose.accept(this);
  }
}
