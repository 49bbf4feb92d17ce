package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** One movement of a transaction. */
@Entity
@Immutable
@Table(name = "leg")
@IdClass(LegKey.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class LegEntity {
  @Id byte[] transaction;
  @Id int position;
  byte[] giver;
  byte[] taker;
  byte[] asset;
  long amount;

  /** For Hibernate. */
  LegEntity() {}
}
