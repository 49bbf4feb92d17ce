package org.constellation.protocol.merkle;

import java.util.Arrays;

/**
 * A node of the crit-bit tree under a {@link StateTree}. Its hash stands in four fields of its own
 * and not in an object: the tree has two nodes per entry, and there are many trees in a process.
 */
abstract sealed class StateNode<V> {

  /** The hash, big-endian, once {@link #hashed}. */
  long hash0;

  long hash1;
  long hash2;
  long hash3;

  /** False while an edit may still change what is below; true before a tree is given out. */
  boolean hashed;

  /** Leftmost leaf below, or this leaf. */
  abstract Leaf<V> first();

  /** The leaf that {@code key}'s bits lead to: its own, if it has one here. */
  static <V> Leaf<V> follow(StateNode<V> top, byte[] key) {
    var node = top;
    while (node instanceof Branch<V> branch) {
      node = branch.child(bit(key, branch.bit));
    }
    return (Leaf<V>) node;
  }

  /** Bit {@code index} of {@code key}, the first being the highest of its first byte. */
  static int bit(byte[] key, int index) {
    var position = index >>> 3;
    return position < key.length ? (key[position] >>> (7 - (index & 7))) & 1 : 0;
  }

  /**
   * The first bit in which the keys differ; if one is the beginning of the other, or they are
   * equal, the number of bits that they share.
   */
  static int firstDifference(byte[] one, byte[] other) {
    var position = Arrays.mismatch(one, other);
    if (position < 0 || position == Math.min(one.length, other.length)) {
      return Math.min(one.length, other.length) * Byte.SIZE;
    }
    var difference = (one[position] ^ other[position]) & 0xff;
    return position * Byte.SIZE + Integer.numberOfLeadingZeros(difference) - 24;
  }

  /** Stands for one edit; it has nothing but its identity. */
  static final class Edit {}

  /** An entry. Never changed; an edit puts another in its place. */
  static final class Leaf<V> extends StateNode<V> implements StateEntries.Entry<V> {

    final byte[] key;
    final V value;

    Leaf(byte[] key, V value) {
      this.key = key;
      this.value = value;
    }

    @Override
    public byte[] key() {
      return key.clone();
    }

    @Override
    public V value() {
      return value;
    }

    @Override
    Leaf<V> first() {
      return this;
    }
  }

  /**
   * Where the keys below first differ: at {@code bit}, which is 0 in all on the left and 1 in all
   * on the right.
   */
  static final class Branch<V> extends StateNode<V> {

    final int bit;
    StateNode<V> left;
    StateNode<V> right;

    /** The edit that made this node and may change it in place; any other makes a copy. */
    final Edit owner;

    Branch(int bit, StateNode<V> left, StateNode<V> right, Edit owner) {
      this.bit = bit;
      this.left = left;
      this.right = right;
      this.owner = owner;
    }

    StateNode<V> child(int side) {
      return side == 0 ? left : right;
    }

    void replace(int side, StateNode<V> child) {
      if (side == 0) {
        left = child;
      } else {
        right = child;
      }
    }

    @Override
    Leaf<V> first() {
      StateNode<V> node = this;
      while (node instanceof Branch<V> branch) {
        node = branch.left;
      }
      return (Leaf<V>) node;
    }
  }
}
