/**
 * What a cluster agrees about: the order of its own stars' half-blocks. Whether they take effect is
 * the galaxy's business, how members agree is the layer's.
 */
@NullMarked
package org.constellation.consensus.cluster;

import org.jspecify.annotations.NullMarked;
