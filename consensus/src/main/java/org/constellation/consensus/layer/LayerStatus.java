package org.constellation.consensus.layer;

import java.util.List;
import java.util.Optional;

/**
 * A member's view of its committee.
 *
 * @param built round of the newest block
 * @param certified round of the newest certified block
 * @param lastHeardMillis by member: when anything arrived from it last; 0 for never
 * @param roundByMember by member: highest round in which it was seen
 * @param openPulls things that this member lacks and asks for
 * @param waitsFor what the whole committee waits for that comes from outside of it
 * @param concerns why there is no progress, most important first; empty when all is well
 */
public record LayerStatus(
    long built,
    long certified,
    List<Long> lastHeardMillis,
    List<Long> roundByMember,
    int openPulls,
    Optional<String> waitsFor,
    List<String> concerns) {

  public LayerStatus {
    lastHeardMillis = List.copyOf(lastHeardMillis);
    roundByMember = List.copyOf(roundByMember);
    concerns = List.copyOf(concerns);
  }
}
