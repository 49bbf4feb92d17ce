package org.constellation.platform.follow;

/** Takes the ledger's blocks. */
@FunctionalInterface
public interface LedgerListener {

  /**
   * The next block; every height once, ascending, on the follower's thread. An exception means «not
   * now», for instance without the database: the same block is offered again after a pause, and no
   * later one before it. {@link BlockRefused} means «never», and ends following. After a restart
   * blocks come again from where the follower was started.
   */
  void on(FollowedBlock block);
}
