package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** Evidence that had an effect. */
@Entity
@Immutable
@Table(name = "evidence")
@IdClass(EvidenceKey.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class EvidenceEntity {
  @Id long height;
  @Id int position;
  String kind;
  byte[] culprit;
  byte[] bytes;
  byte[] star;

  /** For Hibernate. */
  EvidenceEntity() {}
}
