package org.constellation.platform.transport;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.constellation.platform.observe.LogContext;
import org.constellation.platform.observe.Metrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics on a thread and through a Kafka client of its own. It assigns all partitions to
 * itself, belongs to no consumer group and stores no offset.
 */
final class KafkaEnvelopeSubscription implements EnvelopeSubscription {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration POSITION_WITHIN = Duration.ofMillis(200);
  private static final Duration PLACE_WITHIN = Duration.ofSeconds(2);
  private static final Duration PAUSE_MIN = Duration.ofMillis(50);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(1);
  // Short at first: usually there is room again after a moment.
  private static final Duration AGAIN_MIN = Duration.ofMillis(1);
  private static final Duration AGAIN_MAX = Duration.ofMillis(50);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEnvelopeSubscription.class);

  private final Subscription subscription;
  private final EnvelopeHandler handler;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final RecordCheck check;
  private final MeterRegistry meters;
  private final AtomicLong lag = new AtomicLong();
  private final Gauge lagGauge;
  private final java.util.function.Consumer<KafkaEnvelopeSubscription> afterClose;
  private final Map<TopicPartition, Feed> feeds = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final CountDownLatch positioned = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> current;
  private volatile @Nullable String trouble = "not connected yet";

  KafkaEnvelopeSubscription(
      Subscription subscription,
      EnvelopeHandler handler,
      Supplier<Consumer<byte[], byte[]>> consumers,
      MeterRegistry meters,
      String service,
      java.util.function.Consumer<KafkaEnvelopeSubscription> afterClose) {
    this.subscription = subscription;
    this.handler = handler;
    this.consumers = consumers;
    this.check =
        new RecordCheck(
            subscription.name(), subscription.network(), subscription.verifier(), meters);
    this.meters = meters;
    this.lagGauge =
        Gauge.builder(Metrics.SUBSCRIPTION_LAG, lag, AtomicLong::get)
            .tag(Metrics.MEMBER, subscription.name())
            .register(meters);
    this.afterClose = afterClose;
    for (var feed : subscription.feeds()) {
      for (var number = 0; number < feed.topic().purpose().partitions(); number++) {
        feeds.put(new TopicPartition(feed.topic().name(), number), feed);
      }
    }
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name(subscription.name())
            .unstarted(LogContext.of(service, null, this::run));
  }

  void start() {
    thread.start();
  }

  @Override
  public boolean awaitPositioned(Duration atMost) throws InterruptedException {
    return positioned.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public @Nullable String trouble() {
    return trouble;
  }

  private void run() {
    var pause = PAUSE_MIN;
    while (!isClosed()) {
      try (var consumer = consumers.get()) {
        current = consumer;
        place(consumer);
        while (!isClosed()) {
          poll(consumer);
          pause = PAUSE_MIN;
        }
      } catch (WakeupException | InterruptException e) {
        // Closing; the loop's condition sees it.
      } catch (RuntimeException | Error e) {
        // Whatever it was: a reader that ends would leave its service deaf without a word.
        note(e);
        pause = pause(pause, PAUSE_MAX);
      }
    }
  }

  /** Puts a new client where the one before it stood. */
  private void place(Consumer<byte[], byte[]> consumer) {
    consumer.assign(feeds.keySet());
    var fresh = new ArrayList<TopicPartition>();
    for (var partition : feeds.keySet()) {
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
    switch (subscription.startAt()) {
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

  private void poll(Consumer<byte[], byte[]> consumer) {
    try {
      if (positioned.getCount() > 0) {
        learnPositions(consumer);
      }
      var records = consumer.poll(POLL);
      trouble = null;
      measureLag(consumer);
      if (!records.isEmpty()) {
        handOver(records);
      }
    } catch (InvalidOffsetException e) {
      // Its place is gone: what there is now is new to us, all of it.
      note(e);
      e.partitions().forEach(positions::remove);
      consumer.seekToBeginning(e.partitions());
    }
  }

  /** By what the client knows, without a question to the broker. */
  private void measureLag(Consumer<byte[], byte[]> consumer) {
    var unread = 0L;
    for (var partition : feeds.keySet()) {
      unread += consumer.currentLag(partition).orElse(0);
    }
    lag.set(unread);
  }

  private void learnPositions(Consumer<byte[], byte[]> consumer) {
    for (var partition : feeds.keySet()) {
      try {
        positions.put(partition, consumer.position(partition, POSITION_WITHIN));
      } catch (TimeoutException e) {
        trouble = "no answer about " + partition;
        return;
      }
    }
    positioned.countDown();
  }

  private void handOver(ConsumerRecords<byte[], byte[]> records) {
    var batch = new ArrayList<ReceivedEnvelope>(records.count());
    for (var polled : records) {
      var partition = new TopicPartition(polled.topic(), polled.partition());
      positions.put(partition, polled.offset() + 1);
      var feed = feeds.get(partition);
      if (feed != null) {
        check
            .open(feed, subscription.senders(), polled.key(), polled.value())
            .ifPresent(batch::add);
      }
    }
    if (!batch.isEmpty()) {
      handOver(List.copyOf(batch));
    }
  }

  private void handOver(List<ReceivedEnvelope> batch) {
    try {
      var again = AGAIN_MIN;
      while (!handler.handle(batch) && !isClosed()) {
        again = pause(again, AGAIN_MAX);
      }
    } catch (RuntimeException e) {
      // Not at ERROR: a peer may have found the bytes that bring it about.
      LOG.warn("{} lost {} envelopes by a defect", subscription.name(), batch.size(), e);
    }
  }

  private void note(Throwable e) {
    trouble = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    if (e instanceof KafkaException) {
      LOG.debug("{}: {}", subscription.name(), e.toString());
    } else {
      LOG.warn("{} begins anew after a defect", subscription.name(), e);
    }
    meters.counter(Metrics.SUBSCRIPTION_TROUBLES, Metrics.MEMBER, subscription.name()).increment();
  }

  /** The pause after this one, if it comes to that. */
  private Duration pause(Duration now, Duration atMost) {
    try {
      if (closed.await(now.toMillis(), TimeUnit.MILLISECONDS)) {
        return now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var next = now.multipliedBy(2);
    return next.compareTo(atMost) > 0 ? atMost : next;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    var consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(CLOSE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    meters.remove(lagGauge);
    afterClose.accept(this);
  }
}
