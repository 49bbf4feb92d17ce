package org.constellation.protocol.block;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.star.StarId;

/**
 * One seat.
 *
 * @param star the wallet that earns by it
 * @param operationalKey signs consensus messages
 * @param agreementKey P-256, compressed: coin shares and key generation are encrypted to it
 */
public record CommitteeMember(StarId star, PublicKey operationalKey, Bytes agreementKey) {}
