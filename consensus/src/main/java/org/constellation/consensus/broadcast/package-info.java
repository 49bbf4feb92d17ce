/**
 * Reliable broadcast (Bracha) by digest over a log that everybody reads: the proposer publishes its
 * payload once, ECHO and READY carry only the payload's hash. Moving, checking and storing payloads
 * is the caller's; this package decides when one may be echoed, kept, pulled and delivered.
 */
@NullMarked
package org.constellation.consensus.broadcast;

import org.jspecify.annotations.NullMarked;
