package org.constellation.protocol.envelope;

import org.constellation.protocol.Bytes;

/**
 * A value in a slot. An honest member signs one value per slot in its life, also across restarts.
 */
public record Vote(Slot slot, Bytes value) {

  public Vote {
    if (value.length() > VALUE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a vote has at most " + VALUE_BYTES_MAX + " bytes, not " + value.length());
    }
  }

  /** Longest value: a coin share with its proof is the longest there is. */
  public static final int VALUE_BYTES_MAX = 256;

  /** Instance of slots that belong to a round as a whole. */
  public static final int WHOLE_ROUND = 0xFFFF;

  /**
   * Where a vote belongs, inside one committee's era.
   *
   * @param round the layer's round
   * @param instance index of the proposer whose proposal is voted on, or {@link #WHOLE_ROUND}
   * @param step round of binary agreement; for BVAL twice that plus the value
   */
  public record Slot(long round, int instance, Kind kind, int step) {
    public Slot {
      if (round < 0 || instance < 0 || instance > WHOLE_ROUND || step < 0) {
        throw new IllegalArgumentException("no slot " + round + "/" + instance + "/" + step);
      }
    }
  }

  /** What a vote is about; codes are those of the wire format. */
  public enum Kind {
    PROPOSE(1),
    ECHO(2),
    READY(3),
    BVAL(4),
    AUX(5),
    CONF(6),
    COIN(7),
    TERM(8),
    BEACON(9),
    CERTIFY(10);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The number that stands for it on the wire. */
    public int code() {
      return code;
    }
  }
}
