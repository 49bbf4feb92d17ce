package org.constellation.consensus.layer;

import org.constellation.protocol.Bytes;

/**
 * A message for one member, by the sync topic.
 *
 * @param member index of the receiver in the committee
 */
public record Addressed(int member, Bytes message) {}
