package org.constellation.platform.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics at every broker, each by a reader of its own, so that none waits for another's
 * broker. Their batches go to the handler one after another: it need not know how many brokers
 * there are, and while it has no room nothing is read anywhere.
 */
final class KafkaEnvelopeSubscription implements EnvelopeSubscription {

  // Short at first: usually there is room again after a moment.
  private static final Duration AGAIN_MIN = Duration.ofMillis(1);
  private static final Duration AGAIN_MAX = Duration.ofMillis(50);
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEnvelopeSubscription.class);

  private final Subscription subscription;
  private final EnvelopeHandler handler;
  private final RecordCheck check;
  private final java.util.function.Consumer<KafkaEnvelopeSubscription> afterClose;
  private final Map<String, Feed> feeds = new HashMap<>();
  // Fair: a broker that floods its reader must not keep the others' from handing over.
  private final ReentrantLock turn = new ReentrantLock(true);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final BrokerReader home;
  private final List<BrokerReader> readers;

  KafkaEnvelopeSubscription(
      Subscription subscription,
      EnvelopeHandler handler,
      ClientSettings clients,
      BrokerWatch watch,
      MeterRegistry meters,
      String service,
      java.util.function.Consumer<KafkaEnvelopeSubscription> afterClose) {
    this.subscription = subscription;
    this.handler = handler;
    this.check =
        new RecordCheck(
            subscription.name(), subscription.network(), subscription.verifier(), meters);
    this.afterClose = afterClose;
    subscription.feeds().forEach(feed -> feeds.put(feed.topic().name(), feed));
    var brokers = clients.brokers();
    this.home = reader(brokers.home(), true, clients, watch, meters, service);
    var all = new ArrayList<BrokerReader>();
    all.add(home);
    for (var other : brokers.others()) {
      all.add(reader(other, false, clients, watch, meters, service));
    }
    this.readers = List.copyOf(all);
  }

  private BrokerReader reader(
      Brokers.Broker broker,
      boolean isHome,
      ClientSettings clients,
      BrokerWatch watch,
      MeterRegistry meters,
      String service) {
    return new BrokerReader(
        subscription.name(),
        service,
        isHome,
        subscription.feeds().stream().map(Feed::topic).toList(),
        subscription.startAt(),
        () -> clients.consumer(broker),
        watch.of(broker.organisation()),
        this::take,
        meters);
  }

  void start() {
    readers.forEach(BrokerReader::start);
  }

  @Override
  public boolean awaitPositioned(Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    for (var reader : readers) {
      if (!reader.awaitPositioned(Duration.ofNanos(deadline - System.nanoTime()))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public @Nullable String trouble() {
    return home.trouble();
  }

  /** What one reader read; whose batch it is decides who comes first. */
  private void take(ConsumerRecords<byte[], byte[]> records) {
    var batch = new ArrayList<ReceivedEnvelope>(records.count());
    for (var polled : records) {
      var feed = feeds.get(polled.topic());
      if (feed != null) {
        check
            .open(feed, subscription.senders(), polled.key(), polled.value())
            .ifPresent(batch::add);
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    turn.lock();
    try {
      handOver(List.copyOf(batch));
    } finally {
      turn.unlock();
    }
  }

  private void handOver(List<ReceivedEnvelope> batch) {
    try {
      var again = AGAIN_MIN;
      while (!isClosed() && !handler.handle(batch)) {
        again = pause(again);
      }
    } catch (RuntimeException e) {
      // Not at ERROR: a peer may have found the bytes that bring it about.
      LOG.warn("{} lost {} envelopes by a defect", subscription.name(), batch.size(), e);
    }
  }

  /** The pause after this one, if it comes to that. */
  private Duration pause(Duration now) {
    try {
      if (closed.await(now.toMillis(), TimeUnit.MILLISECONDS)) {
        return now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var next = now.multipliedBy(2);
    return next.compareTo(AGAIN_MAX) > 0 ? AGAIN_MAX : next;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    readers.forEach(BrokerReader::stop);
    readers.forEach(BrokerReader::close);
    afterClose.accept(this);
  }
}
