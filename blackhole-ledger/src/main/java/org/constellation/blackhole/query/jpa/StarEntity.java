package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A star as its latest block left it. */
@Entity
@Immutable
@Table(name = "star")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class StarEntity {
  @Id byte[] star;
  int home;
  long sequence;
  byte[] head;
  boolean marked;

  /** For Hibernate. */
  StarEntity() {}
}
