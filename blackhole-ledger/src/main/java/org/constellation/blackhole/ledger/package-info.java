/**
 * What a followed galaxy block means for the tables, and its writing as one whole. Verification and
 * execution are the follower's; questions are answered elsewhere.
 */
@NullMarked
package org.constellation.blackhole.ledger;

import org.jspecify.annotations.NullMarked;
