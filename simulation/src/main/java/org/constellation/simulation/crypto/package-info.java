/**
 * Keys, signatures and coins of a simulated network: most runs use cheap ones behind the production
 * interfaces, some use what production uses.
 */
@NullMarked
package org.constellation.simulation.crypto;

import org.jspecify.annotations.NullMarked;
