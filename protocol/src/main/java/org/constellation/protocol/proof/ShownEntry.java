package org.constellation.protocol.proof;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.merkle.StateProof;

/**
 * What a state with a known root has under a key that the reader knows. Where it has nothing, the
 * entry that stands where one would be shows that.
 *
 * @param otherKey key of that other entry; empty if the key itself has an entry
 * @param value canonical bytes of the entry met
 * @param steps the way from it to the root of the state
 */
public record ShownEntry(Bytes otherKey, Bytes value, List<StateProof.Step> steps) {

  /** Most steps: no two of a way have the same bit of a key. */
  public static final int STEPS_MAX = 96 * Byte.SIZE;

  public ShownEntry {
    steps = List.copyOf(steps);
    if (steps.size() > STEPS_MAX) {
      throw new IllegalArgumentException("no key has " + steps.size() + " bits");
    }
  }

  /** What {@code shown} shows under {@code key}. */
  static ShownEntry of(StateProof shown, byte[] key) {
    var met = Bytes.copyOf(shown.key());
    return new ShownEntry(
        met.equals(Bytes.copyOf(key)) ? Bytes.EMPTY : met,
        Bytes.copyOf(shown.value()),
        shown.steps());
  }

  /** Whether this says that there is nothing. */
  boolean isAbsence() {
    return otherKey.length() > 0;
  }

  /** Whether it is true of the state with this root, about {@code key}. */
  boolean isTrueOf(Hash root, byte[] key) {
    return isAbsence()
        ? new StateProof(otherKey.toArray(), value.toArray(), steps).excludes(root, key)
        : new StateProof(key, value.toArray(), steps).includes(root, key);
  }
}
