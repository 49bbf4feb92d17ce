package org.constellation.gateway.limit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Connections that asked something while there was room. They stay in until they are closed. */
final class LetIn {

  private final int max;
  private final Supplier<Set<String>> open;
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  /**
   * @param max how many may be in
   * @param open the names of all connections that are open
   */
  LetIn(int max, Supplier<Set<String>> open) {
    this.max = max;
    this.open = open;
  }

  boolean contains(String connection) {
    return names.contains(connection);
  }

  /** Lets an open connection in if there is room; whether it is in. */
  boolean admit(String connection) {
    return contains(connection) || admitNew(connection);
  }

  private synchronized boolean admitNew(String connection) {
    if (names.size() >= max) {
      // Nobody tells that a connection ends.
      names.retainAll(open.get());
    }
    return names.size() < max && names.add(connection);
  }
}
