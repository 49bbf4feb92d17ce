package org.constellation.blackhole.query.jpa;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Half-blocks by id, by star, by block. */
interface HalfBlocks extends Repository<HalfBlockEntity, byte[]> {

  @Query("select h from HalfBlockEntity h where h.id = :id")
  Optional<HalfBlockEntity> byId(byte[] id);

  @Query(
      "select h from HalfBlockEntity h where h.star = :star and h.sequence > :after"
          + " order by h.sequence")
  List<HalfBlockEntity> chain(byte[] star, long after, Limit limit);

  @Query("select h from HalfBlockEntity h where h.height = :height and h.id > :after order by h.id")
  List<HalfBlockEntity> ofBlock(long height, byte[] after, Limit limit);
}
