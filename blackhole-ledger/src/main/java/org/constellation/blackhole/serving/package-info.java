/**
 * The ledger's part on the wire: follows the blackhole from the newest stored block, says what is
 * stored, and answers pulls.
 */
@NullMarked
package org.constellation.blackhole.serving;

import org.jspecify.annotations.NullMarked;
