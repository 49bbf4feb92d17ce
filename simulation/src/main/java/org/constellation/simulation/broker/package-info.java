/**
 * A broker that does what a broker may do: it delays, loses, repeats and reorders records, replays
 * old ones, deletes topics, and shows different records to different readers. Signatures it cannot
 * forge. Envelopes are sealed and checked by the platform's own code.
 */
@NullMarked
package org.constellation.simulation.broker;

import org.jspecify.annotations.NullMarked;
