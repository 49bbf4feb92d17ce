package org.constellation.star.ledger;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a batch brought and nobody has taken yet. While there is something, the same batch comes
 * again, and is not read again: reading it may have changed what its reader knows. Owned by one
 * reader.
 */
final class Unread<T> {

  private List<T> left = List.of();

  /**
   * Hands over what is left, or what a new batch brings.
   *
   * @param taker whether it took one; of those after it none is offered before
   * @return whether all is taken, and the next batch may come
   */
  boolean handOver(Supplier<List<T>> reading, Predicate<T> taker) {
    var now = left.isEmpty() ? reading.get() : left;
    left = List.of();
    for (var index = 0; index < now.size(); index++) {
      if (!taker.test(now.get(index))) {
        left = now.subList(index, now.size());
        return false;
      }
    }
    return true;
  }
}
