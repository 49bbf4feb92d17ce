package org.constellation.blackhole.query.jpa;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A leg's primary key. */
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class LegKey implements Serializable {

  private static final long serialVersionUID = 1L;

  byte[] transaction;
  int position;

  /** For Hibernate. */
  LegKey() {}

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LegKey key
        && Arrays.equals(transaction, key.transaction)
        && position == key.position;
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(transaction), position);
  }
}
