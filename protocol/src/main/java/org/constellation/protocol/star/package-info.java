/**
 * The identity of a star, the account of the network, and its checksummed text. What a star owns
 * and says is elsewhere.
 */
@NullMarked
package org.constellation.protocol.star;

import org.jspecify.annotations.NullMarked;
