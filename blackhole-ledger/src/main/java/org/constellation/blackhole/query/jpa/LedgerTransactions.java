package org.constellation.blackhole.query.jpa;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Transactions by id, star and asset, and what they move. */
interface LedgerTransactions extends Repository<TransactionEntity, byte[]> {

  @Query("select t from TransactionEntity t where t.id = :id")
  Optional<TransactionEntity> byId(byte[] id);

  @Query(
      "select t from TransactionEntity t where t.id > :after and exists"
          + " (select 1 from LegEntity l where l.transaction = t.id and l.asset = :asset)"
          + " order by t.id")
  List<TransactionEntity> moving(byte[] asset, byte[] after, Limit limit);

  @Query(
      "select t from TransactionEntity t where t.proposer = :star and t.proposedHeight >= :height"
          + " and (t.proposedHeight > :height or t.id > :id) order by t.proposedHeight, t.id")
  List<TransactionEntity> by(byte[] star, long height, byte[] id, Limit limit);

  @Query(
      "select t from TransactionEntity t where t.counterparty = :star"
          + " and t.proposedHeight >= :height"
          + " and (t.proposedHeight > :height or t.id > :id) order by t.proposedHeight, t.id")
  List<TransactionEntity> offeredTo(byte[] star, long height, byte[] id, Limit limit);

  @Query("select l from LegEntity l where l.transaction in :ids order by l.position")
  List<LegEntity> legs(List<byte[]> ids);
}
