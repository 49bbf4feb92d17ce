package org.constellation.platform.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.constellation.platform.topics.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Brings to the functions of Spring Cloud Stream what other organisations' brokers have for them.
 * The binder reads the home broker only: it waits for its broker at the start, and a process must
 * start whoever else is away.
 */
public final class StreamsFromOthers implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsFromOthers.class);

  private final String service;
  private final ClientSettings clients;
  private final BrokerWatch watch;
  private final Map<String, List<Topic>> topics;
  private final Map<String, Consumer<byte[]>> functions;
  private final MeterRegistry meters;
  private final List<BrokerReader> running = new CopyOnWriteArrayList<>();

  /**
   * @param service whose log lines its threads write
   * @param topics what each function reads
   * @param functions those that this service has, by name
   */
  public StreamsFromOthers(
      String service,
      Brokers brokers,
      BrokerWatch watch,
      TransportProperties properties,
      Map<String, List<Topic>> topics,
      Map<String, Consumer<byte[]>> functions,
      MeterRegistry meters) {
    this.service = service;
    this.clients = new ClientSettings(brokers, properties);
    this.watch = watch;
    this.topics = Map.copyOf(topics);
    this.functions = Map.copyOf(functions);
    this.meters = meters;
  }

  @Override
  public void start() {
    var made = new ArrayList<BrokerReader>();
    topics.forEach(
        (function, read) -> {
          var target = functions.get(function);
          if (target != null) {
            for (var other : clients.brokers().others()) {
              made.add(reader(function, read, other, target));
            }
          }
        });
    made.forEach(BrokerReader::start);
    running.addAll(made);
  }

  private BrokerReader reader(
      String function, List<Topic> read, Brokers.Broker broker, Consumer<byte[]> target) {
    return new BrokerReader(
        service + "-" + function,
        service,
        false,
        read,
        Subscription.StartAt.LATEST,
        () -> clients.consumer(broker),
        watch.of(broker.organisation()),
        records -> handOver(function, records, target),
        meters);
  }

  private static void handOver(
      String function, ConsumerRecords<byte[], byte[]> records, Consumer<byte[]> target) {
    for (var record : records) {
      if (record.value() == null) {
        continue;
      }
      try {
        target.accept(record.value());
      } catch (RuntimeException e) {
        // Not at ERROR: a peer may have found the bytes that bring it about.
        LOG.warn("{} lost an envelope by a defect", function, e);
      }
    }
  }

  @Override
  public void stop() {
    running.forEach(BrokerReader::stop);
    running.forEach(BrokerReader::close);
    running.clear();
  }

  @Override
  public boolean isRunning() {
    return !running.isEmpty();
  }
}
