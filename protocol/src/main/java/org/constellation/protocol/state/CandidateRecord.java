package org.constellation.protocol.state;

import org.constellation.protocol.notice.Notice;

/**
 * A star in the pool of candidates.
 *
 * @param offer what it offers
 * @param sinceHeight galaxy height at which it entered the pool
 */
public record CandidateRecord(Notice.CandidateOffer offer, long sinceHeight)
    implements StateEntry {}
