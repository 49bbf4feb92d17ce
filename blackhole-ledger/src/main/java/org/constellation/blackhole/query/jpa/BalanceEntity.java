package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** What a star has of an asset; zero where it once had some. */
@Entity
@Immutable
@Table(name = "balance")
@IdClass(BalanceKey.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class BalanceEntity {
  @Id byte[] star;
  @Id byte[] asset;
  long amount;

  /** For Hibernate. */
  BalanceEntity() {}
}
