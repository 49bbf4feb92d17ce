package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** An asset's definition. */
@Entity
@Immutable
@Table(name = "asset")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class AssetEntity {
  @Id byte[] id;
  byte[] issuer;
  String symbol;
  String name;
  int decimals;
  long height;

  /** For Hibernate. */
  AssetEntity() {}
}
