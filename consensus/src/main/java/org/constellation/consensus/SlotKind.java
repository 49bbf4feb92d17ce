package org.constellation.consensus;

import java.util.Optional;

/**
 * What a vote says. The codes are part of what members sign: they are never changed or used again.
 */
public enum SlotKind {
  /** The proposer names its payload's digest (reliable broadcast). One per instance. */
  PROPOSE(1),
  /** The voter holds the proposed payload (reliable broadcast). One per instance. */
  ECHO(2),
  /** The voter knows that the digest is the only one that can be delivered. One per instance. */
  READY(3),
  /** The voter's estimate, or one that it relays (binary agreement): a slot for either value. */
  BVAL(4),
  /** The first value that was binding for the voter (binary agreement). One per round. */
  AUX(5),
  /** The set of values that the voter saw in AUX votes (binary agreement). One per round. */
  CONF(6),
  /** The voter's share of a round's random coin (binary agreement). One per round. */
  COIN(7),
  /** The voter's decision (binary agreement). One per instance. */
  TERM(8),
  /** The voter's share of the round's beacon (subset). One per subset. */
  BEACON(9),
  /** A signature over a block header. It belongs to the layer; no machine below it takes one. */
  CERTIFY(10);

  private static final SlotKind[] BY_CODE = values();

  private final int code;

  SlotKind(int code) {
    this.code = code;
  }

  /** The number that stands for this kind in signed bytes. */
  public int code() {
    return code;
  }

  /** The kind with this code, if there is one. */
  public static Optional<SlotKind> ofCode(int code) {
    return code >= 1 && code <= BY_CODE.length ? Optional.of(BY_CODE[code - 1]) : Optional.empty();
  }
}
