package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;

/** Carries records between two brokers, both ways; one way it may be made to lie. */
final class Bridge implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private static final Duration CLOSE_WITHIN = Duration.ofMinutes(1);

  /** On what was carried, so that it is not carried back. */
  private static final String CARRIED = "carried";

  private final Crossing crossing = new Crossing(11);
  private final Crossing back = new Crossing(12);
  private final AtomicLong carriedBack = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread there;
  private final Thread home;
  private volatile boolean open = true;

  /** Begins to carry what comes from now on; both brokers have the same topics. */
  Bridge(Records first, Records second, List<String> topics) {
    this(first, second, topics, topics);
  }

  /**
   * Begins to carry what comes from now on.
   *
   * @param topics those of the first broker that the second one's readers hear of
   * @param topicsBack the same the other way
   */
  Bridge(Records first, Records second, List<String> topics, List<String> topicsBack) {
    this.there = carrier("bridge-there", first, second, topics, crossing, new AtomicLong());
    this.home = carrier("bridge-home", second, first, topicsBack, back, carriedBack);
  }

  /** What happens to records on their way to the second broker. */
  Crossing crossing() {
    return crossing;
  }

  /** Records that came from the second broker's members. */
  long carriedBack() {
    return carriedBack.get();
  }

  /** Nothing is carried, or all again that came meanwhile. */
  void open(boolean isOpen) {
    open = isOpen;
  }

  private Thread carrier(
      String name,
      Records from,
      Records to,
      List<String> topics,
      Crossing through,
      AtomicLong count) {
    var consumer = from.consumer();
    var partitions = Records.partitions(topics);
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return Thread.ofPlatform().daemon().name(name).start(() -> carry(consumer, to, through, count));
  }

  private void carry(
      KafkaConsumer<byte[], byte[]> consumer, Records to, Crossing through, AtomicLong count) {
    try (consumer;
        var producer = to.producer()) {
      while (closed.getCount() > 0) {
        if (open) {
          consumer.resume(consumer.paused());
        } else {
          consumer.pause(consumer.assignment());
        }
        for (var record : consumer.poll(POLL)) {
          if (record.headers().lastHeader(CARRIED) != null) {
            continue;
          }
          count.incrementAndGet();
          for (var arriving : through.instead(record)) {
            if (arriving.headers().lastHeader(CARRIED) == null) {
              arriving.headers().add(CARRIED, "by a bridge".getBytes(StandardCharsets.UTF_8));
            }
            var _ = producer.send(arriving);
          }
        }
      }
    } catch (InterruptException e) {
      // Closing.
    }
  }

  @Override
  public void close() {
    closed.countDown();
    for (var carrier : List.of(there, home)) {
      try {
        assertThat(carrier.join(CLOSE_WITHIN)).as(carrier.getName()).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
