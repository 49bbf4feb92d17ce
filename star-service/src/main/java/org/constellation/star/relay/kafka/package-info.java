/** The ways out, as topics. */
@NullMarked
package org.constellation.star.relay.kafka;

import org.jspecify.annotations.NullMarked;
