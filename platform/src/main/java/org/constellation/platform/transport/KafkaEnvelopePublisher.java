package org.constellation.platform.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One sender's envelopes, through a Kafka client of its own. */
final class KafkaEnvelopePublisher implements EnvelopePublisher {

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEnvelopePublisher.class);

  private final Producer<byte[], byte[]> producer;
  private final EnvelopeSealer sealer;
  private final MeterRegistry meters;
  private final FirstSends firstSends;
  private final Consumer<KafkaEnvelopePublisher> afterClose;

  KafkaEnvelopePublisher(
      Producer<byte[], byte[]> producer,
      Sender sender,
      MeterRegistry meters,
      Clock clock,
      Duration deliverWithin,
      String service,
      Consumer<KafkaEnvelopePublisher> afterClose) {
    this.producer = producer;
    this.sealer = new EnvelopeSealer(sender, clock);
    this.meters = meters;
    this.firstSends = new FirstSends(producer, deliverWithin, service, clock);
    this.afterClose = afterClose;
  }

  @Override
  public void publish(Topic topic, Bytes key, List<Bytes> messages) {
    sealer.seal(
        messages,
        value -> send(topic, key, value),
        message -> {
          LOG.warn("A message of {} bytes for {} fits no envelope", message.length(), topic);
          unsent(topic);
        });
  }

  private void send(Topic topic, Bytes key, byte[] value) {
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
