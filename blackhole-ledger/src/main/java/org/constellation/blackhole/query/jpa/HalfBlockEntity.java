package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A half-block that advanced its star's chain. */
@Entity
@Immutable
@Table(name = "half_block")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class HalfBlockEntity {
  @Id byte[] id;
  byte[] star;
  long sequence;
  long height;
  String kind;
  int outcome;
  byte @Nullable [] transaction;

  /** For Hibernate. */
  HalfBlockEntity() {}
}
