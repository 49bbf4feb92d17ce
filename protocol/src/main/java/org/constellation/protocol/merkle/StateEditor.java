package org.constellation.protocol.merkle;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.constellation.protocol.merkle.StateNode.Branch;
import org.constellation.protocol.merkle.StateNode.Leaf;
import org.jspecify.annotations.Nullable;

/**
 * A batch of changes to a {@link StateTree}. Nodes that this edit made are changed in place, all
 * others are copied once; hashes are computed only at the end. Used by one thread, and only until
 * {@link #freeze}.
 *
 * @param <V> type of the values
 */
public final class StateEditor<V> implements StateEntries<V> {

  private final Function<V, byte[]> encoder;
  private @Nullable StateNode<V> root;
  private int size;
  private int edits;

  private boolean frozen;

  /** Marks the nodes that this edit made. */
  private final StateNode.Edit owner = new StateNode.Edit();

  StateEditor(@Nullable StateNode<V> root, int size, Function<V, byte[]> encoder) {
    this.root = root;
    this.size = size;
    this.encoder = encoder;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Optional<V> get(byte[] key) {
    return StateTree.find(root, key);
  }

  /** As specified; the iterator fails if the editor is changed before its end. */
  @Override
  public Iterator<Entry<V>> from(byte[] key) {
    return StateCursor.from(root, key, () -> edits);
  }

  /** As specified; the iterator fails if the editor is changed before its end. */
  @Override
  public Iterator<Entry<V>> withPrefix(byte[] prefix) {
    return StateCursor.under(root, prefix, () -> edits);
  }

  /**
   * Puts {@code value} under {@code key}, in place of what was there.
   *
   * @throws IllegalArgumentException if the key is empty, too long, the beginning of another, or
   *     another is its beginning
   */
  public void put(byte[] key, V value) {
    if (key.length == 0 || key.length > KEY_LENGTH_MAX) {
      throw new IllegalArgumentException("a key has 1 to 96 bytes, not " + key.length);
    }
    beginEdit();
    if (root == null) {
      root = new Leaf<>(key.clone(), value);
      size = 1;
      return;
    }
    var met = StateNode.follow(root, key).key;
    if (Arrays.equals(key, met)) {
      replaceFrom(root, met.length * Byte.SIZE, key, _ -> new Leaf<>(met, value));
      return;
    }
    var difference = StateNode.firstDifference(key, met);
    if (difference == Math.min(key.length, met.length) * Byte.SIZE) {
      throw new IllegalArgumentException("one key is the beginning of another");
    }
    var added = new Leaf<>(key.clone(), value);
    replaceFrom(
        root,
        difference,
        key,
        below ->
            StateNode.bit(key, difference) == 0
                ? new Branch<>(difference, added, below, owner)
                : new Branch<>(difference, below, added, owner));
    size++;
  }

  /**
   * Replaces the first node on {@code key}'s way that is a leaf or branches at {@code bit} or
   * later.
   */
  private void replaceFrom(
      StateNode<V> top, int bit, byte[] key, Function<StateNode<V>, StateNode<V>> replacement) {
    if (!(top instanceof Branch<V> topBranch) || topBranch.bit >= bit) {
      root = replacement.apply(top);
      return;
    }
    var parent = owned(topBranch);
    root = parent;
    while (true) {
      var side = StateNode.bit(key, parent.bit);
      var child = parent.child(side);
      if (!(child instanceof Branch<V> branch) || branch.bit >= bit) {
        parent.replace(side, replacement.apply(child));
        return;
      }
      var owned = owned(branch);
      parent.replace(side, owned);
      parent = owned;
    }
  }

  /**
   * Removes what is under {@code key}.
   *
   * @return whether there was anything
   */
  public boolean remove(byte[] key) {
    if (root == null || !Arrays.equals(StateNode.follow(root, key).key, key)) {
      return false;
    }
    beginEdit();
    size--;
    if (!(root instanceof Branch<V> top)) {
      root = null;
      return true;
    }
    var side = StateNode.bit(key, top.bit);
    if (top.child(side) instanceof Leaf<V>) {
      root = top.child(1 - side);
      return true;
    }
    var parent = owned(top);
    root = parent;
    while (parent.child(side) instanceof Branch<V> branch) {
      var below = StateNode.bit(key, branch.bit);
      if (branch.child(below) instanceof Leaf<V>) {
        parent.replace(side, branch.child(1 - below));
        break;
      }
      var owned = owned(branch);
      parent.replace(side, owned);
      parent = owned;
      side = below;
    }
    return true;
  }

  /** Ends the edit; the result's hashes are all computed here, once per changed node. */
  public StateTree<V> freeze() {
    beginEdit();
    frozen = true;
    if (root != null) {
      new StateHasher<>(encoder).complete(root);
    }
    return new StateTree<>(root, size, encoder);
  }

  private void beginEdit() {
    if (frozen) {
      throw new IllegalStateException("the edit has ended");
    }
    edits++;
  }

  /** The node itself if this edit made it, so that it is not hashed yet, else a copy. */
  private Branch<V> owned(Branch<V> branch) {
    return branch.owner == owner
        ? branch
        : new Branch<>(branch.bit, branch.left, branch.right, owner);
  }
}
