package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A transaction as its latest decision left it. */
@Entity
@Immutable
@Table(name = "transaction")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class TransactionEntity {
  @Id byte[] id;
  byte[] proposer;
  byte[] counterparty;
  long validUntil;
  String memo;
  int outcome;
  long proposedHeight;
  @Nullable Long decidedHeight;

  /** For Hibernate. */
  TransactionEntity() {}
}
