/**
 * The services' databases in memory: all of a write or nothing, a commit that fails, one whose
 * answer is lost, power that fails before and after it.
 */
@NullMarked
package org.constellation.simulation.stores;

import org.jspecify.annotations.NullMarked;
