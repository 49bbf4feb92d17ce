package org.constellation.platform.transport;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;

/**
 * In whose name envelopes are sealed.
 *
 * @param network hash of the genesis file
 * @param committee whose business it is
 * @param era of that committee
 * @param key a member's operational key, or a service's own key
 */
public record Sender(Hash network, Committee committee, long era, SigningKey key) {}
