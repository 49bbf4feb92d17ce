package org.constellation.protocol.state;

import org.constellation.protocol.crypto.Hash;

/**
 * A cluster's last checkpoint that is final.
 *
 * @param round its round, 0 before the first
 * @param headerHash hash of its header: what the next one names as its previous
 * @param galaxyHeight galaxy state by which it judged
 * @param finalHeight galaxy block that made it final, 0 before the first
 */
public record ClusterRecord(long round, Hash headerHash, long galaxyHeight, long finalHeight)
    implements StateEntry {}
