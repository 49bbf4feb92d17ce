package org.constellation.protocol.merkle;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntSupplier;
import org.constellation.protocol.merkle.StateEntries.Entry;
import org.constellation.protocol.merkle.StateNode.Branch;
import org.jspecify.annotations.Nullable;

/** Walks over leaves in the order of their keys, which is the tree's order from left to right. */
final class StateCursor<V> implements Iterator<Entry<V>> {

  /** Subtrees still to be walked, the next one on top. */
  private final ArrayDeque<StateNode<V>> pending = new ArrayDeque<>();

  private final IntSupplier edits;
  private final int editsAtStart;

  private StateCursor(IntSupplier edits) {
    this.edits = edits;
    this.editsAtStart = edits.getAsInt();
  }

  /** From the first key that is not below {@code key}. */
  static <V> StateCursor<V> from(@Nullable StateNode<V> root, byte[] key, IntSupplier edits) {
    var cursor = new StateCursor<V>(edits);
    if (root == null) {
      return cursor;
    }
    var met = StateNode.follow(root, key).key;
    var difference = StateNode.firstDifference(key, met);
    StateNode<V> node = root;
    while (node instanceof Branch<V> branch && branch.bit < difference) {
      if (StateNode.bit(key, branch.bit) == 0) {
        cursor.pending.push(branch.right);
        node = branch.left;
      } else {
        node = branch.right;
      }
    }
    // All keys of this subtree agree with the met one up to the difference, so all are on one side.
    if (Arrays.compareUnsigned(key, met) <= 0) {
      cursor.pending.push(node);
    }
    return cursor;
  }

  /** The keys that begin with {@code prefix}. */
  static <V> StateCursor<V> under(@Nullable StateNode<V> root, byte[] prefix, IntSupplier edits) {
    var cursor = new StateCursor<V>(edits);
    if (root == null) {
      return cursor;
    }
    StateNode<V> node = root;
    while (node instanceof Branch<V> branch && branch.bit < prefix.length * Byte.SIZE) {
      node = branch.child(StateNode.bit(prefix, branch.bit));
    }
    var met = node.first().key;
    if (met.length >= prefix.length
        && StateNode.firstDifference(prefix, met) == prefix.length * Byte.SIZE) {
      cursor.pending.push(node);
    }
    return cursor;
  }

  @Override
  public boolean hasNext() {
    return !pending.isEmpty();
  }

  /**
   * The next entry.
   *
   * @throws ConcurrentModificationException if the editor that is read changed since the start
   */
  @Override
  public Entry<V> next() {
    if (edits.getAsInt() != editsAtStart) {
      throw new ConcurrentModificationException("the state changed under a scan");
    }
    var node = pending.poll();
    if (node == null) {
      throw new NoSuchElementException();
    }
    while (true) {
      switch (node) {
        case StateNode.Leaf<V> leaf -> {
          return leaf;
        }
        case Branch<V> branch -> {
          pending.push(branch.right);
          node = branch.left;
        }
      }
    }
  }
}
