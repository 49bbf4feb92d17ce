/**
 * Sends what is durable, and sends it again until a galaxy block makes that needless: segments to
 * their star's home cluster and to counterparties, notices that ask for a home. It decides nothing
 * and stores nothing; the outbox that it works off is the writer's.
 */
@NullMarked
package org.constellation.star.relay;

import org.jspecify.annotations.NullMarked;
