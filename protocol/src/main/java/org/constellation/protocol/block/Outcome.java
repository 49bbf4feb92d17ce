package org.constellation.protocol.block;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of a half-block, a notice or a transaction. Codes are stable. */
public enum Outcome {
  /** The proposal is executed, its legs are held. */
  HELD(1),
  /** All legs have moved. */
  SETTLED(2),
  /** The agreement came before its proposal and waits for it. */
  AGREEMENT_WAITING(3),
  /** The counterparty turned the proposal down; the hold is released. */
  REFUSED(4),
  /** The proposer took the proposal back; the hold is released. */
  CANCELLED(5),
  /** The proposal's time ran out; the hold is released. */
  EXPIRED(6),
  /** A waiting agreement's time ran out. */
  LAPSED(7),
  /** A definition, registration, key change or notice is in force. */
  RECORDED(8),
  /** A refusal took back the star's own agreement, which still waited. */
  WITHDRAWN(9),

  /** The proposer has too little of an asset, or the counterparty when the legs should move. */
  INSUFFICIENT_FUNDS(20),
  UNKNOWN_ASSET(21),
  UNKNOWN_COUNTERPARTY(22),
  /** A proposal or agreement came after validUntil. */
  PROPOSAL_EXPIRED(23),
  /** validUntil lies too far ahead. */
  VALIDITY_TOO_LONG(24),
  /** No live hold: never held, released, or none of this star's business. */
  NO_HOLD(25),
  ALREADY_SETTLED(26),
  /** A balance would exceed what 64 bits hold. */
  AMOUNT_OVERFLOW(27),
  /** More open holds than the star may have at the end of a block. */
  TOO_MANY_HOLDS(28),
  /** More waiting agreements than the star may have at the end of a block. */
  TOO_MANY_WAITING(29),
  /** An agreement or refusal by a star that is not the counterparty. */
  NOT_COUNTERPARTY(30),
  /** A cancellation by a star that is not the proposer. */
  NOT_PROPOSER(31),
  /** A key's proof of possession fails, or an operational key serves another star. */
  BAD_KEY_PROOF(32),
  /** The star's agreement to this proposal waits already. */
  ALREADY_WAITING(33),
  /** A proposal to its own maker. */
  SELF_DEALING(34),

  /** Not from the star's home cluster; nothing advances. */
  WRONG_HOME(40),
  /** Does not extend the star's head; nothing advances. */
  NOT_NEXT(41),
  /** Not signed by the star's current key; nothing advances. */
  WRONG_KEY(42),
  BAD_SIGNATURE(43),
  WRONG_NETWORK(44),
  /** Two half-blocks at one sequence: the star is marked. */
  FORK(45),
  /** A committee member voted twice in one slot: it is convicted. */
  DOUBLE_VOTE(46),
  /** A committee member signed two headers of one round, both certified: it is convicted. */
  TWO_HEADERS(47),

  /** A notice's counter was used before. */
  STALE_COUNTER(60),
  ALREADY_HOME(61),
  UNKNOWN_CLUSTER(62),
  UNKNOWN_STAR(63),
  /** A relocation whose last sequence is not the star's head. */
  NOT_AT_HEAD(64),
  /** No key generation of that name runs. */
  NO_PLAN(65),
  /** A withdrawal of a star that is not in the pool of candidates. */
  NOT_CANDIDATE(66),
  /** More stars enter or leave the pool in this block than its header can tell. */
  POOL_BUSY(67),
  /** A join or relocation that leaves less to the draw than there is. */
  TOO_FEW_CLUSTERS(68);

  private static final Map<Integer, Outcome> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Outcome::code, o -> o));

  private final int code;

  Outcome(int code) {
    this.code = code;
  }

  /** The outcome that {@code code} stands for, if any. */
  public static Optional<Outcome> of(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** The number that stands for it in receipts. */
  public int code() {
    return code;
  }

  /** Whether the subject extends its star's chain although it may have no other effect. */
  public boolean advancesChain() {
    return code < 40;
  }

  /** Whether the subject had no effect. */
  public boolean isRejection() {
    return code >= 20;
  }
}
