package org.constellation.consensus.testkit;

import java.util.List;
import org.constellation.consensus.MemberIndex;

/**
 * What makes a member Byzantine: it runs the real machine, and this decides what leaves it.
 *
 * @param <P> what travels
 */
@FunctionalInterface
public interface Tamper<P> {

  /** What {@code to} gets instead of {@code packet}: nothing, the same, or anything else. */
  List<P> instead(P packet, MemberIndex to);
}
