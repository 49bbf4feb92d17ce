package org.constellation.protocol.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/**
 * A binary Merkle tree over an ordered list. Leaves, inner nodes and the root are hashed in domains
 * of their own, so none can pass for another. A node without a right neighbour moves up unchanged.
 * The root covers the number of leaves: without it, one path could be read as that of another index
 * in a longer list.
 *
 * <p>Immutable. Keeps all levels, about two hashes per leaf.
 */
public final class MerkleTree {

  private static final String LEAF = "CSTL-V1-LEAF";
  private static final String NODE = "CSTL-V1-NODE";
  private static final String ROOT = "CSTL-V1-ROOT";

  /** From the leaves' hashes up to a single one; no level if there is no leaf. */
  private final List<List<Hash>> levels;

  private final Hash root;

  private MerkleTree(List<List<Hash>> levels, Hash root) {
    this.levels = levels;
    this.root = root;
  }

  /** The tree over byte strings, in their order. */
  public static MerkleTree of(List<Bytes> leaves) {
    var hashed = new ArrayList<Hash>(leaves.size());
    for (var leaf : leaves) {
      hashed.add(leaf(leaf));
    }
    return ofHashedLeaves(hashed);
  }

  /** The tree over things known by a hash of their own, in their order. */
  public static MerkleTree ofHashes(List<Hash> leaves) {
    var hashed = new ArrayList<Hash>(leaves.size());
    for (var leaf : leaves) {
      hashed.add(leaf(leaf));
    }
    return ofHashedLeaves(hashed);
  }

  private static MerkleTree ofHashedLeaves(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return new MerkleTree(List.of(), root(0, Hash.ZERO));
    }
    var levels = new ArrayList<List<Hash>>();
    levels.add(leaves);
    while (levels.getLast().size() > 1) {
      levels.add(above(levels.getLast()));
    }
    return new MerkleTree(levels, root(leaves.size(), levels.getLast().getFirst()));
  }

  private static List<Hash> above(List<Hash> level) {
    var above = new ArrayList<Hash>((level.size() + 1) / 2);
    for (var i = 0; i + 1 < level.size(); i += 2) {
      above.add(node(level.get(i), level.get(i + 1)));
    }
    if (level.size() % 2 == 1) {
      above.add(level.getLast());
    }
    return above;
  }

  /** The commitment to the whole list; that of the empty list is a value like any other. */
  public Hash root() {
    return root;
  }

  /** Number of leaves. */
  public int size() {
    return levels.isEmpty() ? 0 : levels.getFirst().size();
  }

  /**
   * The path from a leaf to the root.
   *
   * @throws IndexOutOfBoundsException if there is no such leaf
   */
  public MerklePath path(int index) {
    var siblings = new ArrayList<Hash>();
    var position = Objects.checkIndex(index, size());
    for (var level : levels) {
      var sibling = position ^ 1;
      if (sibling < level.size()) {
        siblings.add(level.get(sibling));
      }
      position /= 2;
    }
    return new MerklePath(index, size(), siblings);
  }

  static Hash leaf(Bytes bytes) {
    return Hashing.tagged(LEAF).bytes(bytes).finish();
  }

  static Hash leaf(Hash hash) {
    return Hashing.tagged(LEAF).hash(hash).finish();
  }

  static Hash node(Hash left, Hash right) {
    return Hashing.tagged(NODE).hash(left).hash(right).finish();
  }

  /** Seals the topmost node ({@link Hash#ZERO} if there is none) with the number of leaves. */
  static Hash root(int size, Hash top) {
    return Hashing.tagged(ROOT).number(size).hash(top).finish();
  }
}
