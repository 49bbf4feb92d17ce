package org.constellation.platform.transport;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.constellation.platform.topics.Purpose;

/**
 * How Kafka clients are set up.
 *
 * @param brokers whose clients they are
 * @param properties of the transport
 */
record ClientSettings(Brokers brokers, TransportProperties properties) {

  /** A client that sends to the home broker. */
  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A client that reads from one of the brokers. */
  KafkaConsumer<byte[], byte[]> consumer(Brokers.Broker broker) {
    return new KafkaConsumer<>(
        consumerSettings(broker), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> producerSettings() {
    var settings = clientSettings(brokers.home());
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

  /** Of such a client. */
  Map<String, Object> consumerSettings(Brokers.Broker broker) {
    var fetchMax = (int) (properties.fetchMax().toBytes() / brokers.count());
    var settings = clientSettings(broker);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) properties.fetchWait().toMillis());
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchMax);
    settings.put(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        Math.min(fetchMax, 2 * Purpose.RECORD_BYTES_MAX));
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return settings;
  }

  /** A broker that comes back is to be noticed quickly. */
  private static Map<String, Object> clientSettings(Brokers.Broker broker) {
    var settings = new HashMap<>(broker.settings());
    settings.putIfAbsent(
        SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, RenewedSslEngines.class.getName());
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50L);
    settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
    settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 50L);
    settings.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 500L);
    settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 10_000L);
    return settings;
  }
}
