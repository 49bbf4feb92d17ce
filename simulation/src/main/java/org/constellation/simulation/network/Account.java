package org.constellation.simulation.network;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;

/**
 * A star whose key a star-service keeps.
 *
 * @param first its first key
 * @param token what its owner shows, as a hash
 * @param isJoining whether it has no home in the beginning
 */
record Account(StarId star, SigningKey first, Hash token, StarMachine service, boolean isJoining) {}
