package org.constellation.platform.journal;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;

/**
 * Whose journal it is. A journal is never opened for another key or network.
 *
 * @param network hash of the genesis file
 * @param member operational key
 */
public record Owner(Hash network, PublicKey member) {}
