package org.constellation.gateway.limit;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Connections that asked something while there was room, for all and for the address that they come
 * from. They stay in until they are closed.
 */
final class LetIn {

  private final int max;
  private final int share;
  private final Supplier<Set<String>> open;
  private final Map<String, Optional<String>> addresses = new ConcurrentHashMap<>();

  /**
   * @param max how many may be in
   * @param share how many of them may come from one address
   * @param open the names of all connections that are open
   */
  LetIn(int max, int share, Supplier<Set<String>> open) {
    this.max = max;
    this.share = share;
    this.open = open;
  }

  boolean contains(String connection) {
    return addresses.containsKey(connection);
  }

  /**
   * Lets an open connection in if there is room; whether it is in.
   *
   * @param address whose share it takes; nobody's if empty
   */
  boolean admit(String connection, Optional<String> address) {
    return contains(connection) || admitNew(connection, address);
  }

  private synchronized boolean admitNew(String connection, Optional<String> address) {
    if (!hasRoom(address)) {
      // Nobody tells that a connection ends.
      addresses.keySet().retainAll(open.get());
      if (!hasRoom(address)) {
        return false;
      }
    }
    addresses.put(connection, address);
    return true;
  }

  private boolean hasRoom(Optional<String> address) {
    return addresses.size() < max
        && (address.isEmpty() || Collections.frequency(addresses.values(), address) < share);
  }
}
