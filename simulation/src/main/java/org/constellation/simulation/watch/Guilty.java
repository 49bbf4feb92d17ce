package org.constellation.simulation.watch;

import java.util.List;
import java.util.TreeSet;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;

/** Who misbehaves by plan: nothing is promised about them, and they alone may be blamed. */
public final class Guilty {

  private final TreeSet<PublicKey> members = new TreeSet<>();
  private final TreeSet<PublicKey> silenced = new TreeSet<>();
  private final TreeSet<StarId> stars = new TreeSet<>();
  private final TreeSet<StarId> overdue = new TreeSet<>();
  private final TreeSet<Committee> captured = new TreeSet<>();

  /** A member, from now on. */
  public void member(PublicKey operationalKey) {
    members.add(operationalKey);
  }

  /**
   * A correct member, from now on, whose disk is older than what it said: it may have to be silent,
   * but nobody may blame it.
   */
  public void silenced(PublicKey operationalKey) {
    silenced.add(operationalKey);
  }

  /** A star, from now on. */
  public void star(StarId star) {
    stars.add(star);
  }

  /** One of those stars, which everybody can see to have forked: in the end it must be marked. */
  public void toBeMarked(StarId star) {
    overdue.add(star);
  }

  /** The stars that must be marked in the end. */
  public List<StarId> toBeMarked() {
    return List.copyOf(overdue);
  }

  /** A whole committee. */
  public void committee(Committee committee) {
    captured.add(committee);
  }

  /** Whether this member is one of them. */
  public boolean isMember(PublicKey operationalKey) {
    return members.contains(operationalKey);
  }

  /** Whether this member may be silent for good: it is one of them, or its disk is old. */
  public boolean mayBeSilent(PublicKey operationalKey) {
    return members.contains(operationalKey) || silenced.contains(operationalKey);
  }

  /** Whether this star is one of them. */
  public boolean isStar(StarId star) {
    return stars.contains(star);
  }

  /** Whether this committee has more of them than it can bear. */
  public boolean isCaptured(Committee committee) {
    return captured.contains(committee);
  }
}
