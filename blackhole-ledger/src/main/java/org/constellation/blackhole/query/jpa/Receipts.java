package org.constellation.blackhole.query.jpa;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Receipts in the ledger's order. */
interface Receipts extends Repository<ReceiptEntity, ReceiptKey> {

  @Query(
      "select r from ReceiptEntity r where r.transaction = :transaction or r.subject = :transaction"
          + " order by r.height, r.position")
  List<ReceiptEntity> about(byte[] transaction, Limit limit);
}
