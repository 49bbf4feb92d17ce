/**
 * Virtual time: one queue of events, the machines whose clocks and lives hang on it, and the trace
 * of what happened. What a machine runs lives elsewhere.
 */
@NullMarked
package org.constellation.simulation.time;

import org.jspecify.annotations.NullMarked;
