/** What Spring Cloud Stream reads for this service: functions, named like their bindings. */
@NullMarked
package org.constellation.star.ledger.kafka;

import org.jspecify.annotations.NullMarked;
