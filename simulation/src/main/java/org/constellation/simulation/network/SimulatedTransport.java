package org.constellation.simulation.network;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.transport.EnvelopeHandler;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSealer;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.RecordCheck;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.simulation.broker.Broker;
import org.constellation.simulation.broker.Published;
import org.constellation.simulation.broker.Reader;
import org.constellation.simulation.time.Machine;
import org.jspecify.annotations.Nullable;

/** The simulated broker as one life of a machine sees it. */
final class SimulatedTransport implements Transport {

  private final Broker broker;
  private final Machine.Life life;
  private final MeterRegistry meters;

  SimulatedTransport(Broker broker, Machine.Life life, MeterRegistry meters) {
    this.broker = broker;
    this.life = life;
    this.meters = meters;
  }

  @Override
  public EnvelopePublisher publisher(Sender sender) {
    var sealer = new EnvelopeSealer(sender, life.clock());
    return new EnvelopePublisher() {
      @Override
      public void publish(Topic topic, Bytes key, List<Bytes> messages) {
        sealer.seal(
            messages,
            value -> {
              life.effect("a record of " + topic);
              broker.publish(life.machine().name(), topic.name(), key, Bytes.copyOf(value));
            },
            _ -> {});
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public EnvelopeSubscription subscribe(Subscription subscription, EnvelopeHandler handler) {
    var opening = new Opening(subscription, handler, meters);
    var reader =
        broker.subscribe(
            life,
            subscription.feeds().stream().map(feed -> feed.topic().name()).toList(),
            subscription.startAt() instanceof Subscription.StartAt.Since,
            opening,
            opening);
    return new EnvelopeSubscription() {
      @Override
      public boolean awaitPositioned(Duration atMost) {
        return true;
      }

      @Override
      public @Nullable String trouble() {
        return null;
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  /** Opens records by the platform's own check. */
  private static final class Opening implements Reader.Filter, Reader.Taker {
    private final Subscription subscription;
    private final EnvelopeHandler handler;
    private final RecordCheck check;
    private final Map<String, Feed> feeds = new TreeMap<>();
    private List<ReceivedEnvelope> offered = List.of();
    private Optional<Envelope> envelope = Optional.empty();

    private Opening(Subscription subscription, EnvelopeHandler handler, MeterRegistry meters) {
      this.subscription = subscription;
      this.handler = handler;
      this.check =
          new RecordCheck(
              subscription.name(),
              subscription.network(),
              subscription.verifier(),
              meters,
              _ -> envelope);
      subscription.feeds().forEach(feed -> feeds.put(feed.topic().name(), feed));
    }

    @Override
    public boolean wants(String topic, Bytes key) {
      var feed = feeds.get(topic);
      if (feed == null) {
        return false;
      }
      var only = feed.onlyKey();
      var except = feed.exceptKey();
      return (only == null || only.equals(key)) && (except == null || !except.equals(key));
    }

    @Override
    public boolean take(List<Published> batch) {
      if (offered.isEmpty()) {
        offered = open(batch);
      }
      if (offered.isEmpty() || handler.handle(offered)) {
        offered = List.of();
        return true;
      }
      return false;
    }

    private List<ReceivedEnvelope> open(List<Published> batch) {
      var opened = new ArrayList<ReceivedEnvelope>();
      for (var record : batch) {
        var feed = feeds.get(record.topic());
        if (feed != null) {
          envelope = record.envelope();
          check
              .open(feed, subscription.senders(), record.key().toArray(), record.value().toArray())
              .ifPresent(opened::add);
        }
      }
      return List.copyOf(opened);
    }
  }

  @Override
  public void close() {}
}
