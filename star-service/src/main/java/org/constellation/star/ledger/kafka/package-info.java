/** What this service reads from topics: the inbox, certified checkpoints, galaxy blocks. */
@NullMarked
package org.constellation.star.ledger.kafka;

import org.jspecify.annotations.NullMarked;
