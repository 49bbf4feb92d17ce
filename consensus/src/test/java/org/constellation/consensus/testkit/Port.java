package org.constellation.consensus.testkit;

import org.constellation.consensus.MemberIndex;

/**
 * A participant's only way to the world.
 *
 * @param <P> what travels
 */
public interface Port<P> {

  /** Virtual time in milliseconds. */
  long now();

  /** Sends to all other members. May crash the participant before anything is sent. */
  void broadcast(P packet);

  /** Sends to one member. */
  void send(MemberIndex to, P packet);

  /** Has {@link Participant#wake} called after this many milliseconds, in this life. */
  void wakeAfter(long milliseconds);

  /**
   * Marks a point at which a crash matters, such as just before a journal entry is durable. The
   * network may throw {@link PowerLoss} through the participant here.
   */
  void crashPoint();
}
