/**
 * A star's own chain: half-blocks, their bodies, and the segments that carry them under one
 * signature. Whether a half-block takes effect is decided by execution, not here.
 */
@NullMarked
package org.constellation.protocol.chain;

import org.jspecify.annotations.NullMarked;
