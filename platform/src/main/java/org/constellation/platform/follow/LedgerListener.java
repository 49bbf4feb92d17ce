package org.constellation.platform.follow;

/** Takes the ledger's blocks. */
@FunctionalInterface
public interface LedgerListener {

  /**
   * The next block; every height once, ascending, in the follower's turn. After a restart blocks
   * come again from where the follower was started.
   *
   * @return whether it was taken. {@code false} means «in a moment»: it is full. An exception means
   *     «not now», for instance without the database, and shows as trouble. After either the same
   *     block is offered again after a pause, and no later one before it. {@link BlockRefused}
   *     means «never», and ends following
   */
  boolean on(FollowedBlock block);
}
