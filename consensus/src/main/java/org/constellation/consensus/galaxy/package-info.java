/**
 * What the galaxy agrees about: which certified checkpoints, notices, evidence and table votes make
 * the next block, and the state after it. What they do to the state is execution's business, how
 * members agree is the layer's.
 */
@NullMarked
package org.constellation.consensus.galaxy;

import org.jspecify.annotations.NullMarked;
