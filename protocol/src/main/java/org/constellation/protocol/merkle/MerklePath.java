package org.constellation.protocol.merkle;

import java.util.List;
import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;

/**
 * Shows that a leaf stands at an index of a list whose {@link MerkleTree} root is known. Anything
 * may be in a path that a peer sent; {@link #rootFrom} answers only to one of the right shape.
 *
 * @param index the leaf's place, from 0
 * @param size number of leaves in the list
 * @param siblings the hashes beside the way up, the lowest first
 */
public record MerklePath(int index, int size, List<Hash> siblings) {

  /** Most siblings that a path can need, one per bit of an index. */
  public static final int SIBLINGS_MAX = 31;

  /** Copies the list. */
  public MerklePath {
    siblings = List.copyOf(siblings);
  }

  /**
   * The root that this path gives to a leaf, or nothing if the number of siblings is not exactly
   * that which index and size call for.
   */
  public Optional<Hash> rootFrom(Bytes leaf) {
    return climbFrom(MerkleTree.leaf(leaf));
  }

  /** As {@link #rootFrom(Bytes)}, for a leaf of {@link MerkleTree#ofHashes}. */
  public Optional<Hash> rootFrom(Hash leaf) {
    return climbFrom(MerkleTree.leaf(leaf));
  }

  private Optional<Hash> climbFrom(Hash leaf) {
    if (index < 0 || index >= size) {
      return Optional.empty();
    }
    var node = leaf;
    var position = index;
    var used = 0;
    for (var last = size - 1; last > 0; last /= 2) {
      var isRight = position % 2 == 1;
      if (isRight || position < last) {
        if (used == siblings.size()) {
          return Optional.empty();
        }
        var sibling = siblings.get(used++);
        node = isRight ? MerkleTree.node(sibling, node) : MerkleTree.node(node, sibling);
      }
      position /= 2;
    }
    return used == siblings.size() ? Optional.of(MerkleTree.root(size, node)) : Optional.empty();
  }
}
