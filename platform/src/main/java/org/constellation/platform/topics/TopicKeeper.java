package org.constellation.platform.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.constellation.platform.observe.LogContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that topics exist: at start, and again whenever the broker has lost them, since a
 * broker may lose everything and the network must go on. It looks once in {@link #LOOK_EVERY}, one
 * short call each.
 */
public final class TopicKeeper implements AutoCloseable {

  /** Between two looks at the broker's list. */
  public static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
  private static final short REPLICATION_OF_THE_BROKER = -1;
  private static final Logger LOG = LoggerFactory.getLogger(TopicKeeper.class);

  private final String service;
  private final Admin admin;
  private final List<Topic> topics;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch complete = new CountDownLatch(1);
  private @Nullable Thread thread;
  private volatile @Nullable String trouble = "not looked yet";

  /**
   * @param service whose log lines its thread writes
   * @param adminSettings of the Kafka client
   * @param topics those to keep
   */
  public TopicKeeper(String service, Map<String, Object> adminSettings, Collection<Topic> topics) {
    this.service = service;
    this.admin = Admin.create(adminSettings);
    this.topics = List.copyOf(topics);
  }

  /** Begins to look, on a virtual thread. */
  public void start() {
    thread =
        Thread.ofVirtual()
            .name(service + "-topic-keeper")
            .start(LogContext.of(service, null, this::keep));
  }

  /** Waits until all topics existed once; {@code false} if {@code atMost} was not enough. */
  public boolean awaitComplete(Duration atMost) throws InterruptedException {
    return complete.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why the topics may not be there; empty while they are. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void keep() {
    try {
      do {
        look();
      } while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      var present = admin.listTopics().names().get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      var missing = topics.stream().filter(topic -> !present.contains(topic.name())).toList();
      create(missing);
      if (trouble != null && !missing.isEmpty()) {
        LOG.info("Created {} topics", missing.size());
      }
      trouble = null;
      complete.countDown();
    } catch (ExecutionException e) {
      trouble = "the broker refuses: " + e.getCause();
    } catch (TimeoutException e) {
      trouble = "the broker does not answer";
    } catch (RuntimeException | Error e) {
      // Topics may be lost at any time, so looking must not end.
      trouble = "cannot look: " + e;
      LOG.debug("No look at the topics", e);
    }
  }

  private void create(List<Topic> missing)
      throws InterruptedException, ExecutionException, TimeoutException {
    var wanted = new ArrayList<NewTopic>();
    for (var topic : missing) {
      wanted.add(
          new NewTopic(topic.name(), topic.purpose().partitions(), REPLICATION_OF_THE_BROKER)
              .configs(topic.purpose().settings()));
    }
    for (var result : admin.createTopics(wanted).values().values()) {
      try {
        result.get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        // Another service was faster: that is what was wanted.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    var running = thread;
    if (running != null) {
      running.interrupt();
    }
    admin.close(Duration.ofSeconds(1));
  }
}
