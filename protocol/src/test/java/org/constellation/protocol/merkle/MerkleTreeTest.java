package org.constellation.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

  private static final int SIZE_MAX = 40;

  private static Bytes leaf(int i) {
    return Bytes.copyOf(("leaf " + i).getBytes(StandardCharsets.UTF_8));
  }

  private static List<Bytes> leaves(int size) {
    return IntStream.range(0, size).mapToObj(MerkleTreeTest::leaf).toList();
  }

  @Test
  void rootsAreAsDefinedByHand() {
    var a = Hashing.hash("CSTL-V1-LEAF", leaf(0).toArray());
    var b = Hashing.hash("CSTL-V1-LEAF", leaf(1).toArray());
    var c = Hashing.hash("CSTL-V1-LEAF", leaf(2).toArray());
    var ab = Hashing.tagged("CSTL-V1-NODE").hash(a).hash(b).finish();
    var abc = Hashing.tagged("CSTL-V1-NODE").hash(ab).hash(c).finish();
    assertThat(MerkleTree.of(leaves(0)).root()).isEqualTo(sealed(0, Hash.ZERO));
    assertThat(MerkleTree.of(leaves(1)).root()).isEqualTo(sealed(1, a));
    assertThat(MerkleTree.of(leaves(2)).root()).isEqualTo(sealed(2, ab));
    assertThat(MerkleTree.of(leaves(3)).root()).isEqualTo(sealed(3, abc));
  }

  private static Hash sealed(int size, Hash top) {
    return Hashing.tagged("CSTL-V1-ROOT").number(size).hash(top).finish();
  }

  @Test
  void everyLeafOfEverySizeHasAPathToTheRoot() {
    var roots = new HashSet<Hash>();
    for (var size = 0; size <= SIZE_MAX; size++) {
      var tree = MerkleTree.of(leaves(size));
      assertThat(tree.size()).isEqualTo(size);
      assertThat(roots.add(tree.root())).isTrue();
      for (var i = 0; i < size; i++) {
        assertThat(tree.path(i).rootFrom(leaf(i))).contains(tree.root());
        assertThat(tree.path(i).rootFrom(leaf(i + 1))).isPresent().get().isNotEqualTo(tree.root());
      }
    }
  }

  @Test
  void aPathReadWithAnyOtherIndexOrSizeFails() {
    for (var size = 1; size <= SIZE_MAX; size++) {
      var tree = MerkleTree.of(leaves(size));
      for (var i = 0; i < size; i++) {
        var siblings = tree.path(i).siblings();
        for (var otherSize = -1; otherSize <= SIZE_MAX + 2; otherSize++) {
          for (var other = -1; other <= otherSize + 1; other++) {
            if (other != i || otherSize != size) {
              assertThat(new MerklePath(other, otherSize, siblings).rootFrom(leaf(i)))
                  .isNotEqualTo(Optional.of(tree.root()));
            }
          }
        }
      }
    }
  }

  @Test
  void aPathWithASiblingAlteredAddedOrMissingFails() {
    for (var size = 2; size <= SIZE_MAX; size++) {
      var tree = MerkleTree.of(leaves(size));
      for (var i = 0; i < size; i++) {
        var path = tree.path(i);
        for (var at = 0; at < path.siblings().size(); at++) {
          var altered = new ArrayList<>(path.siblings());
          altered.set(at, Hash.ZERO);
          assertThat(new MerklePath(i, size, altered).rootFrom(leaf(i)).orElseThrow())
              .isNotEqualTo(tree.root());
        }
        var longer = new ArrayList<>(path.siblings());
        longer.add(Hash.ZERO);
        assertThat(new MerklePath(i, size, longer).rootFrom(leaf(i))).isEmpty();
        var shorter = path.siblings().subList(0, path.siblings().size() - 1);
        assertThat(new MerklePath(i, size, shorter).rootFrom(leaf(i))).isEmpty();
      }
    }
  }

  @Test
  void anInnerNodeIsNoLeaf() {
    var tree = MerkleTree.of(leaves(4));
    var left = MerkleTree.node(MerkleTree.leaf(leaf(0)), MerkleTree.leaf(leaf(1)));
    var top = tree.path(0).siblings().getLast();
    assertThat(new MerklePath(0, 2, List.of(top)).rootFrom(left).orElseThrow())
        .isNotEqualTo(tree.root());
  }

  @Test
  void aLeafThatIsAHashIsTheLeafOfItsBytes() {
    var hashes =
        leaves(5).stream().map(bytes -> Hashing.hash("CSTL-V1-TEST", bytes.toArray())).toList();
    var tree = MerkleTree.ofHashes(hashes);
    assertThat(tree.root())
        .isEqualTo(
            MerkleTree.of(hashes.stream().map(Hash::toBytes).map(Bytes::copyOf).toList()).root());
    assertThat(tree.path(3).rootFrom(hashes.get(3))).contains(tree.root());
  }

  @Test
  void hasNoPathBeyondItsLeaves() {
    var tree = MerkleTree.of(leaves(3));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tree.path(3));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tree.path(-1));
  }

  @Test
  void theLongestPathStaysWithinTheLimit() {
    var siblings = Collections.nCopies(MerklePath.SIBLINGS_MAX, Hash.ZERO);
    assertThat(new MerklePath(0, Integer.MAX_VALUE, siblings).rootFrom(leaf(0))).isPresent();
  }
}
