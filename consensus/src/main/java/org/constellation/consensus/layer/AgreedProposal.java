package org.constellation.consensus.layer;

import org.constellation.protocol.Bytes;

/**
 * One of the proposals that a round agreed on.
 *
 * @param member index of its proposer
 * @param payload passed {@link LayerRules#examine} at every correct member that voted for it
 */
public record AgreedProposal(int member, Bytes payload) {}
