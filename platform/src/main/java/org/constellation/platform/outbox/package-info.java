/**
 * A transactional outbox: what a service owes the network is a row in its own database, written
 * with the data it belongs to, and sent again and again until the service says that it arrived.
 */
@NullMarked
package org.constellation.platform.outbox;

import org.jspecify.annotations.NullMarked;
