package org.constellation.blackhole.query.jpa;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Evidence in the ledger's order. */
interface EvidenceLog extends Repository<EvidenceEntity, EvidenceKey> {

  @Query(
      "select e from EvidenceEntity e where e.height > :height"
          + " or (e.height = :height and e.position > :position) order by e.height, e.position")
  List<EvidenceEntity> after(long height, int position, Limit limit);

  @Query(
      "select e from EvidenceEntity e where e.height = :height and e.position > :position"
          + " order by e.position")
  List<EvidenceEntity> ofBlock(long height, int position, Limit limit);

  @Query(
      "select e from EvidenceEntity e where e.star = :star and (e.height > :height"
          + " or (e.height = :height and e.position > :position)) order by e.height, e.position")
  List<EvidenceEntity> against(byte[] star, long height, int position, Limit limit);
}
