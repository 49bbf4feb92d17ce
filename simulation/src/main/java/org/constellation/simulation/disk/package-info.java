/**
 * Disks in memory that keep what was synced and a part of what was not, fill up, and come back with
 * what they held a while ago.
 */
@NullMarked
package org.constellation.simulation.disk;

import org.jspecify.annotations.NullMarked;
