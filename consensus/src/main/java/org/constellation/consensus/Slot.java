package org.constellation.consensus;

import java.util.Comparator;
import java.util.Optional;

/**
 * A place that a member may fill with one value in one layer round. Two values that one member
 * signed for one slot convict it; the layer adds network, layer, cluster, era and round.
 *
 * @param instance the proposer whose broadcast or agreement this is, or {@link #BEACON_INSTANCE}
 * @param kind what the vote says
 * @param step 0 for kinds with one slot per instance; the agreement's round for AUX, CONF and COIN;
 *     twice the agreement's round plus the value for BVAL
 */
public record Slot(int instance, SlotKind kind, int step) implements Comparable<Slot> {

  /** The instance of the beacon, above every proposer's. */
  public static final int BEACON_INSTANCE = 0xFFFF;

  /** The highest round that an agreement can be asked about: its BVAL step still fits. */
  public static final int AGREEMENT_ROUND_MAX = (Integer.MAX_VALUE - 1) / 2;

  private static final Comparator<Slot> ORDER =
      Comparator.comparingInt(Slot::instance)
          .thenComparing(Slot::kind)
          .thenComparingInt(Slot::step);

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public Slot {
    if (instance < 0 || instance > BEACON_INSTANCE || step < 0) {
      throw new IllegalArgumentException("no slot " + instance + "/" + kind + "/" + step);
    }
  }

  /** The slot with these numbers from the wire, if there is one. */
  public static Optional<Slot> decode(long instance, int kindCode, long step) {
    if (instance < 0 || instance > BEACON_INSTANCE || step < 0 || step > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    return SlotKind.ofCode(kindCode).map(kind -> new Slot((int) instance, kind, (int) step));
  }

  @Override
  public int compareTo(Slot other) {
    return ORDER.compare(this, other);
  }

  /** Unlike the one that a record would get, the same in every run. */
  @Override
  public int hashCode() {
    return (instance * 31 + kind.code()) * 31 + step;
  }

  @Override
  public String toString() {
    return instance + "/" + kind + "/" + step;
  }
}
