package org.constellation.platform.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The network over Kafka: every publisher has a client of its own, and every subscription one for
 * each broker that it reads.
 */
public final class KafkaTransport implements Transport {

  private final String service;
  private final ClientSettings clients;
  private final BrokerWatch watch;
  private final TransportProperties properties;
  private final MeterRegistry meters;
  private final Clock clock;
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

  /**
   * @param service whose log lines its threads write
   * @param brokers where it publishes and reads
   * @param watch learns which of them answer
   */
  public KafkaTransport(
      String service,
      Brokers brokers,
      BrokerWatch watch,
      TransportProperties properties,
      MeterRegistry meters,
      Clock clock) {
    this.service = service;
    this.clients = new ClientSettings(brokers, properties);
    this.watch = watch;
    this.properties = properties;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * On one broker that everybody shares.
   *
   * @param service whose log lines its threads write
   * @param common settings of any Kafka client: where the broker is, how it is secured
   */
  public KafkaTransport(
      String service,
      Map<String, Object> common,
      TransportProperties properties,
      MeterRegistry meters,
      Clock clock) {
    this(
        service,
        Brokers.shared(common),
        new BrokerWatch(Brokers.shared(common), meters, System::nanoTime),
        properties,
        meters,
        clock);
  }

  @Override
  public EnvelopePublisher publisher(Sender sender) {
    var publisher =
        new KafkaEnvelopePublisher(
            clients.producer(),
            sender,
            meters,
            clock,
            properties.deliverWithin(),
            service,
            open::remove);
    open.add(publisher);
    return publisher;
  }

  @Override
  public EnvelopeSubscription subscribe(Subscription subscription, EnvelopeHandler handler) {
    var started =
        new KafkaEnvelopeSubscription(
            subscription, handler, clients, watch, meters, service, open::remove);
    open.add(started);
    started.start();
    return started;
  }

  /** How many publishers and subscriptions are to be closed. */
  int openCount() {
    return open.size();
  }

  @Override
  public void close() {
    for (var one : open) {
      try {
        one.close();
      } catch (Exception e) { // AutoCloseable's signature; ours throw nothing
        throw new IllegalStateException(e);
      }
    }
  }
}
