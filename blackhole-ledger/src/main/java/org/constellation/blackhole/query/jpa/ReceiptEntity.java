package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What became of a half-block in a block. */
@Entity
@Immutable
@Table(name = "receipt")
@IdClass(ReceiptKey.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class ReceiptEntity {
  @Id long height;
  @Id int position;
  byte[] subject;
  int outcome;
  byte @Nullable [] transaction;

  /** For Hibernate. */
  ReceiptEntity() {}
}
