package org.constellation.protocol.merkle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Function;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/**
 * Hashes of state nodes, in the network's form ({@link Hashing}) but with one digest and one buffer
 * for a whole edit: a block changes thousands of nodes, and making a digest costs as much as using
 * it. Used by one thread.
 */
final class StateHasher<V> {

  private static final String ENTRY = "CSTL-V1-STATE-ENTRY";
  private static final String BRANCH = "CSTL-V1-STATE-BRANCH";
  private static final String EMPTY = "CSTL-V1-STATE-EMPTY";

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final Function<V, byte[]> encoder;
  private final MessageDigest digest;
  private final byte[] branch;
  private final int bitAt;
  private final int leftAt;
  private final int rightAt;
  private final byte[] entryTag;
  private final byte[] length = new byte[Integer.BYTES];
  private final byte[] result = new byte[Hash.LENGTH];

  StateHasher(Function<V, byte[]> encoder) {
    this.encoder = encoder;
    this.digest = sha256();
    this.entryTag = prefixed(ENTRY, 0);
    this.bitAt = prefixed(BRANCH, 0).length + Integer.BYTES;
    this.leftAt = bitAt + Long.BYTES + Integer.BYTES;
    this.rightAt = leftAt + Hash.LENGTH + Integer.BYTES;
    this.branch = prefixed(BRANCH, rightAt + Hash.LENGTH);
    INTS.set(branch, bitAt - Integer.BYTES, Long.BYTES);
    INTS.set(branch, leftAt - Integer.BYTES, Hash.LENGTH);
    INTS.set(branch, rightAt - Integer.BYTES, Hash.LENGTH);
  }

  /** The root of a tree without entries. */
  static Hash ofNothing() {
    return Hashing.tagged(EMPTY).finish();
  }

  static Hash ofEntry(byte[] key, byte[] value) {
    return Hashing.tagged(ENTRY).bytes(key).bytes(value).finish();
  }

  static Hash ofBranch(int bit, Hash left, Hash right) {
    return Hashing.tagged(BRANCH).number(bit).hash(left).hash(right).finish();
  }

  static Hash hashOf(StateNode<?> node) {
    var bytes = new byte[Hash.LENGTH];
    write(node, bytes, 0);
    return Hash.of(bytes);
  }

  /**
   * Computes all hashes that are missing at and below {@code node}. Recurses at most once per bit
   * of a key, that is 768 deep.
   */
  void complete(StateNode<V> node) {
    if (node.hashed) {
      return;
    }
    switch (node) {
      case StateNode.Leaf<V> leaf -> hash(leaf);
      case StateNode.Branch<V> inner -> {
        complete(inner.left);
        complete(inner.right);
        hash(inner);
      }
    }
    read(node);
    node.hashed = true;
  }

  private void hash(StateNode.Leaf<V> leaf) {
    digest.update(entryTag);
    part(leaf.key);
    part(encoder.apply(leaf.value));
    finish();
  }

  private void hash(StateNode.Branch<V> inner) {
    LONGS.set(branch, bitAt, (long) inner.bit);
    write(inner.left, branch, leftAt);
    write(inner.right, branch, rightAt);
    digest.update(branch);
    finish();
  }

  private void part(byte[] bytes) {
    INTS.set(length, 0, bytes.length);
    digest.update(length);
    digest.update(bytes);
  }

  private void finish() {
    try {
      digest.digest(result, 0, result.length);
    } catch (DigestException e) {
      throw new IllegalStateException("the buffer has the length of a hash", e);
    }
  }

  private void read(StateNode<V> node) {
    node.hash0 = (long) LONGS.get(result, 0);
    node.hash1 = (long) LONGS.get(result, 8);
    node.hash2 = (long) LONGS.get(result, 16);
    node.hash3 = (long) LONGS.get(result, 24);
  }

  private static void write(StateNode<?> node, byte[] bytes, int offset) {
    LONGS.set(bytes, offset, node.hash0);
    LONGS.set(bytes, offset + 8, node.hash1);
    LONGS.set(bytes, offset + 16, node.hash2);
    LONGS.set(bytes, offset + 24, node.hash3);
  }

  /**
   * The tag with its length, in an array of {@code size} bytes or, if that is 0, just long enough.
   */
  private static byte[] prefixed(String tag, int size) {
    var ascii = tag.getBytes(StandardCharsets.US_ASCII);
    var bytes = new byte[Math.max(size, Integer.BYTES + ascii.length)];
    INTS.set(bytes, 0, ascii.length);
    System.arraycopy(ascii, 0, bytes, Integer.BYTES, ascii.length);
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
