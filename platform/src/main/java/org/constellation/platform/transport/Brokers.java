package org.constellation.platform.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.constellation.protocol.block.Genesis;
import org.jspecify.annotations.Nullable;

/**
 * The brokers of a network as a process of one organisation sees them. It publishes at home only,
 * and reads all of them; whoever runs one may withhold and repeat what was published there, and can
 * forge nothing.
 *
 * @param home where its organisation publishes
 * @param others those of the other organisations, of which there are as many as a genesis may name
 */
public record Brokers(Broker home, List<Broker> others) {

  /** What the one broker is called that everybody shares. */
  static final String SHARED = "shared";

  /** Copies the list. */
  public Brokers {
    others = List.copyOf(others);
  }

  /**
   * One of them.
   *
   * @param organisation whose it is
   * @param settings of any Kafka client that uses it: where it is, how it is secured
   */
  public record Broker(String organisation, Map<String, Object> settings) {

    /** Copies the settings. */
    public Broker {
      settings = Map.copyOf(settings);
    }
  }

  /** The one broker of a network whose genesis names none. */
  public static Brokers shared(Map<String, Object> settings) {
    return new Brokers(new Broker(SHARED, settings), List.of());
  }

  /**
   * What a genesis says, seen by one organisation. What opens the home broker is told to no other:
   * for those there are settings of their own.
   *
   * @param organisation as the genesis names it; null if it was not configured
   * @param home client settings of the home broker
   * @param theirs client settings of other organisations' brokers, by organisation; they replace
   *     what the genesis says
   * @throws IllegalArgumentException if the genesis names other organisations than the settings do
   */
  public static Brokers of(
      Genesis genesis,
      @Nullable String organisation,
      Map<String, Object> home,
      Map<String, Map<String, String>> theirs) {
    var addresses = new TreeMap<String, String>();
    genesis.brokers().forEach(one -> addresses.put(one.organisation(), one.bootstrapServers()));
    var unknown = new TreeSet<>(theirs.keySet());
    unknown.removeAll(addresses.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "constellation.transport.brokers names %s, the genesis has brokers of %s"
              .formatted(unknown, addresses.keySet()));
    }
    if (addresses.isEmpty()) {
      return shared(home);
    }
    if (organisation == null || !addresses.containsKey(organisation)) {
      throw new IllegalArgumentException(
          "constellation.organisation is %s, and must be one of those whose brokers the genesis"
                  .formatted(organisation == null ? "not set" : organisation)
              + " names: "
              + String.join(", ", addresses.keySet()));
    }
    if (theirs.containsKey(organisation)) {
      throw new IllegalArgumentException(
          "the home broker is spring.kafka's, not constellation.transport.brokers." + organisation);
    }
    addresses.remove(organisation);
    var others = new ArrayList<Broker>();
    addresses.forEach(
        (other, servers) -> {
          var settings = new TreeMap<String, Object>();
          settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
          settings.putAll(theirs.getOrDefault(other, Map.of()));
          others.add(new Broker(other, settings));
        });
    return new Brokers(new Broker(organisation, home), others);
  }

  /** How many are read. */
  int count() {
    return 1 + others.size();
  }
}
