package org.constellation.protocol.merkle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.constellation.protocol.crypto.Hash;

/**
 * What a {@link StateTree} with a known root has under a key. It shows the one entry that the key's
 * bits lead to: if that has the key, it is what is there; if it has another, nothing is, since in a
 * crit-bit tree a key that is there is always met. Anything may be in a proof that a peer sent;
 * only {@link #includes} and {@link #excludes} say what it proves.
 */
public final class StateProof {

  /** What an empty tree shows for any key: no entry. */
  static final StateProof OF_NOTHING = new StateProof(new byte[0], new byte[0], List.of());

  private final byte[] key;
  private final byte[] value;
  private final List<Step> steps;

  /**
   * A proof as it came, well-formed or not.
   *
   * @param key key of the entry met; empty if the tree is
   * @param value canonical bytes of its value
   * @param steps the way from the entry up to the root
   */
  public StateProof(byte[] key, byte[] value, List<Step> steps) {
    this.key = key.clone();
    this.value = value.clone();
    this.steps = List.copyOf(steps);
  }

  /**
   * An inner node on the way up.
   *
   * @param bit the bit at which it branches
   * @param sibling hash of its other side
   */
  public record Step(int bit, Hash sibling) {}

  /** A copy of the key of the entry met. */
  public byte[] key() {
    return key.clone();
  }

  /** A copy of the canonical bytes of the value met. */
  public byte[] value() {
    return value.clone();
  }

  /** The way from the entry up to the root. */
  public List<Step> steps() {
    return steps;
  }

  /** Whether the tree with this root has {@link #value} under {@code key}. */
  public boolean includes(Hash root, byte[] key) {
    return this.key.length > 0 && Arrays.equals(this.key, key) && isOf(root);
  }

  /** Whether the tree with this root has nothing under {@code key}. */
  public boolean excludes(Hash root, byte[] key) {
    return !Arrays.equals(this.key, key) && leadsHere(key) && isOf(root);
  }

  private boolean isOf(Hash root) {
    return rootFrom().filter(root::equals).isPresent();
  }

  /** Whether at every inner node {@code key} takes the same side as the entry met. */
  private boolean leadsHere(byte[] key) {
    return steps.stream()
        .allMatch(step -> StateNode.bit(key, step.bit) == StateNode.bit(this.key, step.bit));
  }

  /**
   * The root that the entry and the way give, or nothing if no tree has such a way: bits must
   * decrease upwards and lie within the key, which must have a permitted length.
   */
  public Optional<Hash> rootFrom() {
    if (key.length == 0) {
      return steps.isEmpty() && value.length == 0
          ? Optional.of(StateHasher.ofNothing())
          : Optional.empty();
    }
    if (key.length > StateEntries.KEY_LENGTH_MAX) {
      return Optional.empty();
    }
    var node = StateHasher.ofEntry(key, value);
    var below = key.length * Byte.SIZE;
    for (var step : steps) {
      if (step.bit < 0 || step.bit >= below) {
        return Optional.empty();
      }
      node =
          StateNode.bit(key, step.bit) == 0
              ? StateHasher.ofBranch(step.bit, node, step.sibling)
              : StateHasher.ofBranch(step.bit, step.sibling, node);
      below = step.bit;
    }
    return Optional.of(node);
  }
}
