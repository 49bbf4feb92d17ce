package org.constellation.simulation.stores;

import org.constellation.simulation.Fault;
import org.constellation.simulation.Tally;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.time.Machine;
import org.jspecify.annotations.Nullable;

/** How a database commits. */
public final class Commits {

  private final Dice dice;
  private final Tally tally;
  private Machine.@Nullable Life life;
  private int troublePermille;
  private boolean isFull;

  /** All goes well. */
  public Commits(Dice dice, Tally tally) {
    this.dice = dice;
    this.tally = tally;
  }

  /** Whose effects the commits are from now on. */
  public void usedBy(Machine.Life user) {
    life = user;
  }

  /** So many commits of a thousand go wrong from now on. */
  public void trouble(int permille) {
    troublePermille = permille;
  }

  /** There is no room for anything new, or there is some again. */
  public void full(boolean noRoom) {
    isFull = noRoom;
  }

  /** Does it, or not, or does it and says that it did not. */
  void commit(Runnable change) {
    effect("a commit");
    if (isFull) {
      tally.count(Fault.DATABASE_FULL);
      throw new IllegalStateException("the database has no room");
    }
    if (dice.permille(troublePermille)) {
      if (dice.percent(50)) {
        tally.count(Fault.COMMIT_FAILED);
        throw new IllegalStateException("the database is away");
      }
      tally.count(Fault.COMMIT_UNCONFIRMED);
      change.run();
      throw new IllegalStateException("the database did not confirm");
    }
    change.run();
    effect("a commit's answer");
  }

  private void effect(String what) {
    if (life != null) {
      life.effect(what);
    }
  }
}
