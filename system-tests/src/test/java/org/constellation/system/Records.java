package org.constellation.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What whoever runs a broker can do with the records on it. */
final class Records implements AutoCloseable {

  private static final int RECORD_BYTES_MAX = 4 * 1024 * 1024;
  private static final String OURS = "constellation.";

  private final String address;
  private final Admin admin;

  Records(String address) {
    this.address = address;
    this.admin =
        Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, (Object) address));
  }

  /** The network's topics that there are, by name. */
  List<String> topics() {
    try {
      return admin.listTopics().names().get().stream()
          .filter(name -> name.startsWith(OURS))
          .sorted()
          .toList();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Makes topics of these names; nothing else makes them but whoever uses them. */
  void makeTopics(List<String> names) throws ExecutionException, InterruptedException {
    var present = new TreeSet<>(topics());
    var missing = names.stream().filter(name -> !present.contains(name)).toList();
    admin
        .createTopics(
            missing.stream()
                .map(
                    name ->
                        new NewTopic(name, 1, (short) 1)
                            .configs(
                                Map.of("max.message.bytes", Integer.toString(RECORD_BYTES_MAX))))
                .toList())
        .all()
        .get();
  }

  /** Deletes a topic with all that is in it. */
  void deleteTopic(String name) throws ExecutionException, InterruptedException {
    admin.deleteTopics(List.of(name)).all().get();
  }

  /** Something that changes when a topic is made anew. */
  String identityOf(String topic) throws ExecutionException, InterruptedException {
    var described = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    return Objects.requireNonNull(described).topicId().toString();
  }

  /** Deletes all records of all topics; how many went. */
  long deleteAll() throws ExecutionException, InterruptedException {
    var gone = 0L;
    try (var consumer = consumer()) {
      var partitions = partitions(topics());
      var begins = consumer.beginningOffsets(partitions);
      var deleted =
          admin.deleteRecords(
              partitions.stream()
                  .collect(Collectors.toMap(one -> one, _ -> RecordsToDelete.beforeOffset(-1))));
      for (var partition : partitions) {
        var low =
            Objects.requireNonNull(deleted.lowWatermarks().get(partition)).get().lowWatermark();
        gone += low - begins.getOrDefault(partition, 0L);
      }
    }
    return gone;
  }

  /** The oldest records of a topic. */
  List<ConsumerRecord<byte[], byte[]>> oldest(String topic, int atMost) {
    var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = consumer()) {
      var partitions = partitions(List.of(topic));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      while (found.size() < atMost && consumer.position(partitions.getFirst()) < end) {
        for (var one : consumer.poll(Duration.ofSeconds(1))) {
          found.add(one);
        }
      }
    }
    return found.subList(0, Math.min(atMost, found.size()));
  }

  static List<TopicPartition> partitions(List<String> topics) {
    return topics.stream().map(name -> new TopicPartition(name, 0)).toList();
  }

  /** A reader that belongs to nobody. */
  KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            address,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            RECORD_BYTES_MAX),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** A writer in nobody's name. */
  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            address,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            RECORD_BYTES_MAX),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @Override
  public void close() {
    admin.close();
  }
}
