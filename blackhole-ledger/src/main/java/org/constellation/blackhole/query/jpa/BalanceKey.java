package org.constellation.blackhole.query.jpa;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A balance's primary key. */
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class BalanceKey implements Serializable {

  private static final long serialVersionUID = 1L;

  byte[] star;
  byte[] asset;

  /** For Hibernate. */
  BalanceKey() {}

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BalanceKey key
        && Arrays.equals(star, key.star)
        && Arrays.equals(asset, key.asset);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(star), Arrays.hashCode(asset));
  }
}
