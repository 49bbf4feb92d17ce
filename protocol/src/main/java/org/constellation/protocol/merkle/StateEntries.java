package org.constellation.protocol.merkle;

import java.util.Iterator;
import java.util.Optional;

/**
 * Reading access to entries ordered by their keys' unsigned bytes.
 *
 * @param <V> type of the values
 */
public interface StateEntries<V> {

  /** Longest key, in bytes. */
  int KEY_LENGTH_MAX = 96;

  /** The value under {@code key}. */
  Optional<V> get(byte[] key);

  /** Number of entries. */
  int size();

  /** The entries from {@code key} on, itself included if there is one under it. */
  Iterator<Entry<V>> from(byte[] key);

  /** The entries whose keys begin with {@code prefix}; all of them if it is empty. */
  Iterator<Entry<V>> withPrefix(byte[] prefix);

  /**
   * A key and the value under it.
   *
   * @param <V> type of the value
   */
  interface Entry<V> {

    /** A copy of the key. */
    byte[] key();

    /** The value. */
    V value();
  }
}
