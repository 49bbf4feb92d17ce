package org.constellation.blackhole.query.jpa;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Stars and their balances. */
interface Stars extends Repository<StarEntity, byte[]> {

  @Query("select s from StarEntity s where s.star = :star")
  Optional<StarEntity> byId(byte[] star);

  @Query(
      "select b from BalanceEntity b where b.star = :star and b.asset > :after and b.amount > 0"
          + " order by b.asset")
  List<BalanceEntity> balances(byte[] star, byte[] after, Limit limit);

  @Query(
      "select b from BalanceEntity b where b.asset = :asset and b.star > :after and b.amount > 0"
          + " order by b.star")
  List<BalanceEntity> holders(byte[] asset, byte[] after, Limit limit);
}
