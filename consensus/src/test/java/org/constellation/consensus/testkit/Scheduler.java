package org.constellation.consensus.testkit;

import org.constellation.consensus.MemberIndex;

/**
 * Decides how long a packet travels: the adversary's power over the network.
 *
 * @param <P> what travels
 */
@FunctionalInterface
public interface Scheduler<P> {

  /** The delay in milliseconds, 0 or more; every packet arrives in the end. */
  long delay(MemberIndex from, MemberIndex to, P packet, long now);
}
