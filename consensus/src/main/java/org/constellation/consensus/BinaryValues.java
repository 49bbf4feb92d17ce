package org.constellation.consensus;

import java.util.Optional;

/** A set of binary values, as agreements collect them ({@code bin_values} in the papers). */
public enum BinaryValues {
  /** No value. */
  NONE(0),
  /** {0}. */
  ZERO(1),
  /** {1}. */
  ONE(2),
  /** {0, 1}. */
  BOTH(3);

  private static final BinaryValues[] BY_CODE = values();

  private final int code;

  BinaryValues(int code) {
    this.code = code;
  }

  /** The set of {@code value} alone. */
  public static BinaryValues of(boolean value) {
    return value ? ONE : ZERO;
  }

  /** The set with this code, if there is one. */
  public static Optional<BinaryValues> ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
  }

  /** A number from 0 to 3: bit v is set if v belongs to the set. */
  public int code() {
    return code;
  }

  /** The values of either set. */
  public BinaryValues union(BinaryValues other) {
    return BY_CODE[code | other.code];
  }

  /** Whether {@code value} belongs to this set. */
  public boolean contains(boolean value) {
    return (code & of(value).code) != 0;
  }

  /** Whether every value of this set belongs to {@code other}. */
  public boolean isSubsetOf(BinaryValues other) {
    return (code & ~other.code) == 0;
  }

  /** The value of a set of one. */
  public Optional<Boolean> single() {
    return switch (this) {
      case ZERO -> Optional.of(false);
      case ONE -> Optional.of(true);
      case NONE, BOTH -> Optional.empty();
    };
  }
}
