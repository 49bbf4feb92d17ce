/** A galaxy and stars that a test directs, for the ledger to follow. */
@NullMarked
package org.constellation.blackhole;

import org.jspecify.annotations.NullMarked;
