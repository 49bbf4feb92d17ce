package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import org.hibernate.annotations.Immutable;

/** An asset's figures, carried on with every block. */
@Entity
@Immutable
@Table(name = "asset_total")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class AssetTotalEntity {
  @Id byte[] asset;
  BigInteger held;
  BigInteger onHold;
  BigInteger issued;
  BigInteger burnt;

  /** Zero, or CONSERVATION is broken. */
  BigInteger difference() {
    return held.add(onHold).subtract(issued).add(burnt);
  }

  /** For Hibernate. */
  AssetTotalEntity() {}
}
