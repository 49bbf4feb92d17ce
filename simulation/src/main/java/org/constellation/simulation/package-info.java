/**
 * Runs of a whole network in virtual time: what a seed draws, what is counted, how it ended. What a
 * star-service or a member does lives in their own modules; here only what surrounds them is made
 * up.
 */
@NullMarked
package org.constellation.simulation;

import org.jspecify.annotations.NullMarked;
