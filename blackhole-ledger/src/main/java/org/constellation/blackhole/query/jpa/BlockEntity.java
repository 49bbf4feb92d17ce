package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A block without its content. */
@Entity
@Immutable
@Table(name = "block")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class BlockEntity {
  @Id long height;
  byte[] hash;
  byte[] previous;
  long era;
  long timeMillis;
  long tick;
  byte[] stateRoot;
  int halfBlocks;
  int receipts;
  int bytes;

  /** For Hibernate. */
  BlockEntity() {}
}
