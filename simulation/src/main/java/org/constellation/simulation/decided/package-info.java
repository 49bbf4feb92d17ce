/**
 * Rounds that are decided without the messages of an agreement: what stands in the protocol's place
 * in runs of the fidelity {@code decided}.
 */
@NullMarked
package org.constellation.simulation.decided;

import org.jspecify.annotations.NullMarked;
