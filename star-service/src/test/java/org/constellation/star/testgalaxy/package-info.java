/** A network with known keys, small enough to live in a test and true to the ledger's rules. */
@NullMarked
package org.constellation.star.testgalaxy;

import org.jspecify.annotations.NullMarked;
