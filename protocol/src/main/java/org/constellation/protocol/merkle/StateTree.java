package org.constellation.protocol.merkle;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.merkle.StateNode.Branch;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from byte strings to values with a Merkle root: the ledger's state after a
 * block. It is a crit-bit tree (a binary Patricia tree): each inner node stands for the first bit
 * in which the keys below it differ, so shape and root are a function of the entries alone,
 * whatever history led to them. Versions share all that they have in common, so an old one costs
 * only what has changed since.
 *
 * <p>Keys have 1 to {@value StateEntries#KEY_LENGTH_MAX} bytes, and none is the beginning of
 * another. Values must not be changed once they are in. Safe to read from several threads.
 *
 * @param <V> type of the values
 */
public final class StateTree<V> implements StateEntries<V> {

  private final @Nullable StateNode<V> root;
  private final int size;
  private final Function<V, byte[]> encoder;

  /** All nodes under {@code root} must be hashed: then nothing below is ever written again. */
  StateTree(@Nullable StateNode<V> root, int size, Function<V, byte[]> encoder) {
    this.root = root;
    this.size = size;
    this.encoder = encoder;
  }

  /**
   * A tree without entries.
   *
   * @param encoder gives a value's canonical bytes, which its leaf's hash covers
   */
  public static <V> StateTree<V> empty(Function<V, byte[]> encoder) {
    return new StateTree<>(null, 0, encoder);
  }

  /** The commitment to all entries. */
  public Hash root() {
    return root == null ? StateHasher.ofNothing() : StateHasher.hashOf(root);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Optional<V> get(byte[] key) {
    return find(root, key);
  }

  static <V> Optional<V> find(@Nullable StateNode<V> root, byte[] key) {
    if (root == null) {
      return Optional.empty();
    }
    var leaf = StateNode.follow(root, key);
    return Arrays.equals(leaf.key, key) ? Optional.of(leaf.value) : Optional.empty();
  }

  @Override
  public Iterator<Entry<V>> from(byte[] key) {
    return StateCursor.from(root, key, () -> 0);
  }

  @Override
  public Iterator<Entry<V>> withPrefix(byte[] prefix) {
    return StateCursor.under(root, prefix, () -> 0);
  }

  /**
   * This tree with one more or one other entry. Many changes are cheaper by {@link #edit}.
   *
   * @throws IllegalArgumentException as {@link StateEditor#put}
   */
  public StateTree<V> with(byte[] key, V value) {
    var editor = edit();
    editor.put(key, value);
    return editor.freeze();
  }

  /** This tree without the entry under {@code key}, if there is one. */
  public StateTree<V> without(byte[] key) {
    var editor = edit();
    editor.remove(key);
    return editor.freeze();
  }

  /** Starts a batch of changes to a copy; this tree stays as it is. */
  public StateEditor<V> edit() {
    return new StateEditor<>(root, size, encoder);
  }

  /** Shows what is under {@code key}, or that nothing is. */
  public StateProof prove(byte[] key) {
    if (root == null) {
      return StateProof.OF_NOTHING;
    }
    var steps = new ArrayDeque<StateProof.Step>();
    StateNode<V> node = root;
    while (node instanceof Branch<V> branch) {
      var side = StateNode.bit(key, branch.bit);
      steps.push(new StateProof.Step(branch.bit, StateHasher.hashOf(branch.child(1 - side))));
      node = branch.child(side);
    }
    var leaf = node.first();
    return new StateProof(leaf.key, encoder.apply(leaf.value), List.copyOf(steps));
  }
}
