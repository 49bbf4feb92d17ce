/**
 * The layer: one engine for clusters and for the galaxy that turns rounds of agreement into a chain
 * of certified blocks. It drives rounds, moves payloads, certifies headers, lets laggards catch up
 * and says what a member must journal before it speaks. What a proposal and a block contain is the
 * rules' business; threads, clocks, brokers and files are the driver's.
 */
@NullMarked
package org.constellation.consensus.layer;

import org.jspecify.annotations.NullMarked;
