/**
 * What Byzantine members and stars do. A Byzantine member runs the production code, and this
 * decides what leaves it, for each receiver by itself; the broker is on its side.
 */
@NullMarked
package org.constellation.simulation.byzantine;

import org.jspecify.annotations.NullMarked;
