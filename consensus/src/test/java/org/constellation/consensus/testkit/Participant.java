package org.constellation.consensus.testkit;

import org.constellation.consensus.MemberIndex;

/**
 * One life of a member: from its start to the end of the run or its next crash.
 *
 * @param <P> what travels
 */
public interface Participant<P> {

  /** The life begins. Timers of earlier lives are gone. */
  void start(Port<P> port);

  /** A packet arrives, perhaps not for the first time. */
  void receive(MemberIndex from, P packet, Port<P> port);

  /** A time asked for with {@link Port#wakeAfter} has come. */
  default void wake(Port<P> port) {}
}
