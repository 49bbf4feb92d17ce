/**
 * Asynchronous binary agreement (Mostéfaoui, Moumen, Raynal) with a confirmation phase before a
 * random coin is tossed and with termination votes. Which question is voted on is the caller's
 * matter.
 */
@NullMarked
package org.constellation.consensus.agreement;

import org.jspecify.annotations.NullMarked;
