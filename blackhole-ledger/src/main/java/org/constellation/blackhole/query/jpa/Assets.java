package org.constellation.blackhole.query.jpa;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Assets and their figures. */
interface Assets extends Repository<AssetEntity, byte[]> {

  @Query("select a from AssetEntity a where a.id = :id")
  Optional<AssetEntity> byId(byte[] id);

  @Query("select a from AssetEntity a where a.id > :after order by a.id")
  List<AssetEntity> after(byte[] after, Limit limit);

  @Query("select c from AssetTotalEntity c where c.asset = :asset")
  Optional<AssetTotalEntity> figures(byte[] asset);

  @Query("select c from AssetTotalEntity c where c.asset between :first and :last")
  List<AssetTotalEntity> figures(byte[] first, byte[] last);
}
