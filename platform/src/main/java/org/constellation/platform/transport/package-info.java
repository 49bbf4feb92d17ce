/**
 * Signed envelopes over Kafka, for traffic whose partitions and polling must be controlled. A
 * broker may lose, repeat, reorder and forge records; what leaves this package was signed by its
 * sender, and nothing is inferred from offsets.
 */
@NullMarked
package org.constellation.platform.transport;

import org.jspecify.annotations.NullMarked;
