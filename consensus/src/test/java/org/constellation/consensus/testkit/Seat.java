package org.constellation.consensus.testkit;

/**
 * What of a member survives its crashes: its keys, its disk.
 *
 * @param <P> what travels
 */
public interface Seat<P> {

  /** Begins a new life with nothing but what survived. */
  Participant<P> newLife();
}
