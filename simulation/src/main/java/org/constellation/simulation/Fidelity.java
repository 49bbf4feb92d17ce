package org.constellation.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much of the production code runs. Every figure names it. */
public enum Fidelity {
  /** All of it: every vote, coin and signature. */
  FULL,
  /**
   * All of it but the agreement on a common subset: a round is decided as soon as n−f correct
   * members have power, are not cut off from each other and hold each other's proposals, and never
   * otherwise. Proposals travel, are pulled, journalled, built into blocks, signed and certified as
   * ever.
   *
   * <p>It cannot show what lies in the agreement itself: mistakes in its votes and coins, and what
   * a Byzantine member can do by them; how many messages, how much work and how many delays a round
   * takes; a round that lasts because the network delays or drops votes, or that ends only since a
   * Byzantine member helps. Its proposals are in more often than those of the protocol, which a
   * scheduler may leave out.
   */
  DECIDED;

  /** As on the command line. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that name. */
  public static Optional<Fidelity> of(String slug) {
    return Arrays.stream(values()).filter(one -> one.slug().equals(slug)).findFirst();
  }

  /** All names. */
  public static List<String> slugs() {
    return Arrays.stream(values()).map(Fidelity::slug).toList();
  }
}
