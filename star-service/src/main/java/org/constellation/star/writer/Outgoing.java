package org.constellation.star.writer;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.star.StarId;

/**
 * A segment that is to be sent until a receipt for its last half-block is there.
 *
 * @param segment encoded
 * @param proposals it has proposals in it, so counterparties want to see it, too
 */
public record Outgoing(
    StarId star, long firstSequence, long lastSequence, Bytes segment, boolean proposals) {}
