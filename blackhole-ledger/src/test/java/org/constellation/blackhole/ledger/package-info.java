/** Storing blocks in a real database. */
@NullMarked
package org.constellation.blackhole.ledger;

import org.jspecify.annotations.NullMarked;
