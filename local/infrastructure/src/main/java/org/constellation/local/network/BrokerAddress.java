package org.constellation.local.network;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a broker listens, and where others are told to find it.
 *
 * @param host name or address
 * @param port 0 for any that is free
 */
record BrokerAddress(String host, int port) {

  /** Where nobody but this machine asks for it. */
  static final BrokerAddress LOCAL = new BrokerAddress("127.0.0.1", 0);

  private static final Pattern ONE = Pattern.compile("([A-Za-z0-9.-]+):([1-9][0-9]{0,4})");

  /**
   * Where an organisation's card says that its broker is.
   *
   * @throws IllegalArgumentException if that is not one host and port
   */
  static BrokerAddress of(Shape.Home home) {
    var address = ONE.matcher(home.broker());
    if (!address.matches()) {
      throw new IllegalArgumentException(
          "a broker is started at one HOST:PORT, not at " + home.broker());
    }
    return new BrokerAddress(address.group(1), Integer.parseInt(address.group(2)));
  }

  /** What Kafka is told beyond a local broker's settings. */
  Map<String, String> settings(int controllerPort) {
    if (port == 0) {
      return Map.of();
    }
    return Map.of(
        "listeners",
        "CLIENTS://%s:%d,CONTROLLER://127.0.0.1:%d".formatted(host, port, controllerPort),
        "advertised.listeners",
        "CLIENTS://%s:%d".formatted(host, port));
  }
}
