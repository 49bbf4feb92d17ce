package org.constellation.platform.transport;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.constellation.platform.observe.LogContext;

/**
 * Sends to topics of which the client knows nothing yet. It learns of a topic when it first sends
 * there, which takes longer than a member's thread may wait, so those first sends wait elsewhere,
 * in their order, and whatever comes meanwhile waits behind them.
 */
final class FirstSends implements AutoCloseable {

  /** Most envelopes that wait for their topic; further ones are unsent. */
  private static final int WAITING_MAX = 64;

  private final Producer<byte[], byte[]> producer;
  private final Duration patience;
  private final String service;
  private final Clock clock;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> waitingFor = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor waiting =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.MINUTES,
          new LinkedBlockingQueue<>(WAITING_MAX),
          Thread.ofVirtual().name("first-sends-", 0).factory());

  FirstSends(Producer<byte[], byte[]> producer, Duration patience, String service, Clock clock) {
    this.service = service;
    this.producer = producer;
    this.patience = patience;
    this.clock = clock;
  }

  /** Whether an envelope may be sent at once: its topic is known, and no earlier one waits. */
  boolean isDirect(String topic) {
    return known.contains(topic) && !waitingFor.containsKey(topic);
  }

  void forget(String topic) {
    known.remove(topic);
  }

  /** Runs {@code send} once the topic is known, or {@code unsent} if that takes too long. */
  void whenKnown(String topic, Runnable send, Runnable unsent) {
    waitingFor.merge(topic, 1, Integer::sum);
    try {
      waiting.execute(
          LogContext.of(
              service,
              null,
              () -> {
                try {
                  (learn(topic) ? send : unsent).run();
                } finally {
                  waitsNoMore(topic);
                }
              }));
    } catch (RejectedExecutionException e) {
      waitsNoMore(topic);
      unsent.run();
    }
  }

  private void waitsNoMore(String topic) {
    waitingFor.computeIfPresent(topic, (_, count) -> count == 1 ? null : count - 1);
  }

  private boolean learn(String topic) {
    var deadline = clock.millis() + patience.toMillis();
    while (!known.contains(topic) && !waiting.isShutdown()) {
      try {
        producer.partitionsFor(topic);
        known.add(topic);
      } catch (TimeoutException e) {
        if (clock.millis() >= deadline) {
          return false;
        }
      } catch (KafkaException | IllegalStateException e) {
        return false;
      }
    }
    return known.contains(topic);
  }

  @Override
  public void close() {
    waiting.shutdownNow();
  }
}
