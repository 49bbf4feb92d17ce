package org.constellation.platform.transport;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.constellation.platform.observe.Metrics;

/**
 * Which organisations' brokers answer this process, by what its readers see: a broker is away while
 * every reader of it waits in vain. A change is logged once.
 */
public final class BrokerWatch {

  private final List<BrokerContact> contacts;
  private final String home;

  /**
   * Shows how long each of {@code brokers} has been away.
   *
   * @param nanos the time that passes, of any beginning
   */
  public BrokerWatch(Brokers brokers, MeterRegistry meters, LongSupplier nanos) {
    this.home = brokers.home().organisation();
    var made = new ArrayList<BrokerContact>();
    made.add(new BrokerContact(home, nanos));
    brokers.others().forEach(other -> made.add(new BrokerContact(other.organisation(), nanos)));
    this.contacts = List.copyOf(made);
    for (var contact : contacts) {
      Gauge.builder(Metrics.BROKER_AWAY, contact, one -> one.absence().toMillis() / 1_000.0)
          .tag(Metrics.ORGANISATION, contact.organisation())
          .register(meters);
    }
  }

  /** What is known of one organisation's broker. */
  BrokerContact of(String organisation) {
    return contacts.stream()
        .filter(one -> one.organisation().equals(organisation))
        .findFirst()
        .orElseThrow();
  }

  /** Every broker's state, the home broker's first. */
  List<State> states() {
    return contacts.stream().map(this::state).toList();
  }

  private State state(BrokerContact contact) {
    return new State(
        contact.organisation(),
        contact.organisation().equals(home),
        contact.isAway(),
        contact.silence(),
        contact.reason());
  }

  /**
   * How it is with a broker.
   *
   * @param isHome whether this process publishes there
   * @param isAway whether it has been silent for long
   * @param silence since when nobody here has heard from it; zero while somebody does
   * @param reason what a reader says about that; empty if nothing
   */
  record State(
      String organisation, boolean isHome, boolean isAway, Duration silence, String reason) {}
}
