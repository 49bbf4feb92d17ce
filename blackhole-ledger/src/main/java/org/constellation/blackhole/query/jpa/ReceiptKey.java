package org.constellation.blackhole.query.jpa;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A receipt's primary key. */
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class ReceiptKey implements Serializable {

  private static final long serialVersionUID = 1L;

  long height;
  int position;

  /** For Hibernate. */
  ReceiptKey() {}

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ReceiptKey key && height == key.height && position == key.position;
  }

  @Override
  public int hashCode() {
    return Objects.hash(height, position);
  }
}
