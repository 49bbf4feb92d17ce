package org.constellation.blackhole.query.jpa;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** Blocks by height. */
interface Blocks extends Repository<BlockEntity, Long> {

  Optional<BlockEntity> findByHeight(long height);

  Optional<BlockEntity> findFirstByOrderByHeightDesc();

  List<BlockEntity> findByHeightGreaterThanOrderByHeight(long from, Limit limit);
}
