/**
 * The invariants, watched from outside over everything that is published: it counts signatures,
 * compares blocks and keeps accounts by itself, so that a member which believes too much is found
 * out.
 */
@NullMarked
package org.constellation.simulation.watch;

import org.jspecify.annotations.NullMarked;
