/**
 * The ledger's part on the wire: follows the blackhole from the newest stored block, says what is
 * stored, answers pulls, and tells clusters of forks that are older than what they remember.
 */
@NullMarked
package org.constellation.blackhole.serving;

import org.jspecify.annotations.NullMarked;
