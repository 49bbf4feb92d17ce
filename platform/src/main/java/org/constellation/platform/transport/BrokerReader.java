package org.constellation.platform.transport;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.constellation.platform.observe.LogContext;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics of one broker on a thread and through a Kafka client of its own. It assigns all
 * partitions to itself, belongs to no consumer group and stores no offset.
 */
final class BrokerReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration POSITION_WITHIN = Duration.ofMillis(200);
  private static final Duration PLACE_WITHIN = Duration.ofSeconds(2);
  private static final Duration PAUSE_MIN = Duration.ofMillis(50);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(1);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(BrokerReader.class);

  private final String name;
  private final Clients clients;
  private final BrokerContact contact;
  private final Subscription.StartAt startAt;
  private final Taker taker;
  private final MeterRegistry meters;
  private final Tags tags;
  private final AtomicLong lag = new AtomicLong();
  private final Gauge lagGauge;
  private final Set<TopicPartition> partitions = new HashSet<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final CountDownLatch positioned = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private double heardBytes;
  private volatile @Nullable Consumer<byte[], byte[]> current;
  private volatile @Nullable String trouble = "not connected yet";

  /** Takes what is read, on the reader's thread; nothing is read meanwhile. */
  @FunctionalInterface
  interface Taker {
    void take(ConsumerRecords<byte[], byte[]> records);
  }

  /** Makes a new client of the broker, for each time that reading begins anew. */
  @FunctionalInterface
  interface Clients {
    Consumer<byte[], byte[]> make();
  }

  /**
   * Nothing is read before {@link #start}.
   *
   * @param name for metrics, and with the organisation for the thread
   * @param service whose log lines its thread writes
   * @param isHome whether it is this process's own organisation's broker
   */
  BrokerReader(
      String name,
      String service,
      boolean isHome,
      List<Topic> topics,
      Subscription.StartAt startAt,
      Clients clients,
      BrokerContact contact,
      Taker taker,
      MeterRegistry meters) {
    this.name = isHome ? name : name + "-from-" + contact.organisation();
    this.clients = clients;
    this.contact = contact;
    this.startAt = startAt;
    this.taker = taker;
    this.meters = meters;
    this.tags = Tags.of(Metrics.MEMBER, name, Metrics.ORGANISATION, contact.organisation());
    this.lagGauge =
        Gauge.builder(Metrics.SUBSCRIPTION_LAG, lag, AtomicLong::get).tags(tags).register(meters);
    for (var topic : topics) {
      for (var number = 0; number < topic.purpose().partitions(); number++) {
        partitions.add(new TopicPartition(topic.name(), number));
      }
    }
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name(this.name)
            .unstarted(LogContext.of(service, null, this::run));
  }

  void start() {
    contact.begins(this);
    thread.start();
  }

  /** As {@link EnvelopeSubscription#awaitPositioned}. */
  boolean awaitPositioned(Duration atMost) throws InterruptedException {
    return positioned.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why nothing may be arriving from this broker; null while all is well. */
  @Nullable String trouble() {
    return trouble;
  }

  private void run() {
    var pause = PAUSE_MIN;
    while (!isClosed()) {
      try (var consumer = clients.make()) {
        current = consumer;
        heardBytes = 0;
        var incoming = incomingBytes(consumer);
        place(consumer);
        while (!isClosed()) {
          poll(consumer, incoming);
          pause = PAUSE_MIN;
        }
      } catch (WakeupException | InterruptException e) {
        // Closing; the loop's condition sees it.
      } catch (RuntimeException | Error e) {
        // Whatever it was: a reader that ends would leave its service deaf without a word.
        note(e);
        contact.isSilent(this, describe(e));
        pause(pause);
        pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause.multipliedBy(2);
      }
    }
    contact.ends(this);
  }

  /** Puts a new client where the one before it stood. */
  private void place(Consumer<byte[], byte[]> consumer) {
    consumer.assign(partitions);
    var fresh = new ArrayList<TopicPartition>();
    for (var partition : partitions) {
      var position = positions.get(partition);
      if (position == null) {
        fresh.add(partition);
      } else {
        consumer.seek(partition, position);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    switch (startAt) {
      case Subscription.StartAt.Latest() -> consumer.seekToEnd(fresh);
      case Subscription.StartAt.Since(var millis) -> seekTo(consumer, fresh, millis);
    }
  }

  /** What comes while this is asked for is beyond what it finds, or read from the end. */
  private static void seekTo(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> fresh, long millis) {
    var since = new HashMap<TopicPartition, Long>();
    fresh.forEach(partition -> since.put(partition, Math.max(0, millis)));
    var ends = consumer.endOffsets(fresh, PLACE_WITHIN);
    consumer
        .offsetsForTimes(since, PLACE_WITHIN)
        .forEach(
            (partition, found) ->
                consumer.seek(
                    partition, found == null ? ends.getOrDefault(partition, 0L) : found.offset()));
  }

  private void poll(Consumer<byte[], byte[]> consumer, Metric incoming) {
    try {
      var unknown = positioned.getCount() > 0 ? learnPositions(consumer) : "";
      var records = consumer.poll(POLL);
      trouble = null;
      listen(incoming, records.isEmpty(), unknown);
      measureLag(consumer);
      if (!records.isEmpty()) {
        for (var polled : records) {
          positions.put(
              new TopicPartition(polled.topic(), polled.partition()), polled.offset() + 1);
        }
        taker.take(records);
      }
    } catch (InvalidOffsetException e) {
      // Its place is gone: what there is now is new to us, all of it.
      note(e);
      e.partitions().forEach(positions::remove);
      consumer.seekToBeginning(e.partitions());
    }
  }

  /**
   * A client says nothing about a broker that does not answer, but it counts the bytes that come. A
   * broker that answers and has not the topics is of no more use than one that is away.
   */
  private void listen(Metric incoming, boolean isEmpty, String unknown) {
    var bytes = (double) incoming.metricValue();
    if (unknown.isEmpty() && (bytes > heardBytes || !isEmpty)) {
      contact.answers(this);
    } else {
      contact.isSilent(this, unknown);
    }
    heardBytes = bytes;
  }

  private static Metric incomingBytes(Consumer<byte[], byte[]> consumer) {
    return consumer.metrics().values().stream()
        .filter(metric -> metric.metricName().group().equals("consumer-metrics"))
        .filter(metric -> metric.metricName().name().equals("incoming-byte-total"))
        .findFirst()
        .orElseThrow();
  }

  /** By what the client knows, without a question to the broker. */
  private void measureLag(Consumer<byte[], byte[]> consumer) {
    var unread = 0L;
    for (var partition : partitions) {
      unread += consumer.currentLag(partition).orElse(0);
    }
    lag.set(unread);
  }

  /** What is not known yet, in words; empty if all is. */
  private String learnPositions(Consumer<byte[], byte[]> consumer) {
    for (var partition : partitions) {
      try {
        positions.put(partition, consumer.position(partition, POSITION_WITHIN));
      } catch (TimeoutException e) {
        return "no answer about " + partition;
      }
    }
    positioned.countDown();
    return "";
  }

  private void note(Throwable e) {
    trouble = describe(e);
    if (e instanceof KafkaException) {
      LOG.debug("{}: {}", name, e.toString());
    } else {
      LOG.warn("{} begins anew after a defect", name, e);
    }
    meters.counter(Metrics.SUBSCRIPTION_TROUBLES, tags).increment();
  }

  private static String describe(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void pause(Duration now) {
    try {
      var _ = closed.await(now.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Tells it to end, without waiting for that. */
  void stop() {
    closed.countDown();
    var consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  @Override
  public void close() {
    stop();
    try {
      if (!thread.join(CLOSE_WITHIN)) {
        // Its taker waits for something that may never come.
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    meters.remove(lagGauge);
  }
}
