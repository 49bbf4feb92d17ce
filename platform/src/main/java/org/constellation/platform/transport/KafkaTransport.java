package org.constellation.platform.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.constellation.platform.topics.Purpose;

/** The network over Kafka: every publisher and every subscription has a client of its own. */
public final class KafkaTransport implements Transport {

  private final String service;
  private final Map<String, Object> common;
  private final TransportProperties properties;
  private final MeterRegistry meters;
  private final Clock clock;
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

  /**
   * @param service whose log lines its threads write
   * @param common settings of any Kafka client: where the broker is, how it is secured
   */
  public KafkaTransport(
      String service,
      Map<String, Object> common,
      TransportProperties properties,
      MeterRegistry meters,
      Clock clock) {
    this.service = service;
    this.common = Map.copyOf(common);
    this.properties = properties;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public EnvelopePublisher publisher(Sender sender) {
    var producer =
        new KafkaProducer<>(
            producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
    var publisher =
        new KafkaEnvelopePublisher(
            producer, sender, meters, clock, properties.deliverWithin(), service, open::remove);
    open.add(publisher);
    return publisher;
  }

  @Override
  public EnvelopeSubscription subscribe(Subscription subscription, EnvelopeHandler handler) {
    var started =
        new KafkaEnvelopeSubscription(
            subscription,
            handler,
            () ->
                new KafkaConsumer<>(
                    consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            meters,
            service,
            open::remove);
    open.add(started);
    started.start();
    return started;
  }

  /** How many publishers and subscriptions are to be closed. */
  int openCount() {
    return open.size();
  }

  private Map<String, Object> producerSettings() {
    var settings = clientSettings();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // A repeated envelope is harmless, and a producer that insists on order can get stuck on a
    // broker that lost its data.
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, properties.linger().toMillis());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, properties.blockMax().toMillis());
    settings.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        (int) properties.deliverWithin().minus(properties.linger()).toMillis());
    settings.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) properties.deliverWithin().toMillis());
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, properties.bufferMax().toBytes());
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Purpose.RECORD_BYTES_MAX);
    return settings;
  }

  private Map<String, Object> consumerSettings() {
    var settings = clientSettings();
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) properties.fetchWait().toMillis());
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) properties.fetchMax().toBytes());
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * Purpose.RECORD_BYTES_MAX);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return settings;
  }

  /** A broker that comes back is to be noticed quickly. */
  private Map<String, Object> clientSettings() {
    var settings = new HashMap<>(common);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50L);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
    settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 50L);
    settings.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 500L);
    settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 10_000L);
    return settings;
  }

  @Override
  public void close() {
    for (var one : open) {
      try {
        one.close();
      } catch (Exception e) { // AutoCloseable's signature; ours throw nothing
        throw new IllegalStateException(e);
      }
    }
  }
}
