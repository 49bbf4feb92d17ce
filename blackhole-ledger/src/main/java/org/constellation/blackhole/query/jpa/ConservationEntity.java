package org.constellation.blackhole.query.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import org.hibernate.annotations.Immutable;

/** The view that makes CONSERVATION a query. */
@Entity
@Immutable
@Table(name = "conservation")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class ConservationEntity {
  @Id byte[] asset;
  BigInteger held;
  BigInteger onHold;
  BigInteger issued;
  BigInteger burnt;
  BigInteger difference;

  /** For Hibernate. */
  ConservationEntity() {}
}
