package org.constellation.simulation;

/** What goes wrong in a simulated network. */
public enum Fault {
  // What the broker does.
  /** A record travels much longer than others. */
  DELAYED,
  /** A record overtakes an earlier one of its topic, on their way to one reader. */
  REORDERED,
  /** Nobody gets a record. */
  LOST,
  /** One reader does not get a record that others get. */
  WITHHELD_FROM_READER,
  /** A reader gets a record once more. */
  REPEATED,
  /** A reader gets a record of long ago. */
  REPLAYED,
  /** A topic is deleted with all its records, and made again. */
  TOPIC_DELETED,
  /** A topic stands still for a while. */
  TOPIC_PAUSED,
  /** Some machines are cut off from the others. */
  SPLIT,

  // What machines do.
  /** Power fails between two turns. */
  CRASHED,
  /** Power fails in the middle of a turn, before an effect. */
  CRASHED_IN_TURN,
  /** Several machines fail at once. */
  CRASHED_TOGETHER,
  /** A process dies alone: what was written stays, be it synced or not. */
  PROCESS_DIED,
  /** Bytes that were written and not synced are gone after a crash. */
  UNSYNCED_LOST,
  /** A part of the bytes that were written and not synced is there after a crash. */
  UNSYNCED_TORN,
  /** A file whose directory was not synced is gone after a crash. */
  NAME_LOST,
  /** A disk has no room. */
  DISK_FULL,
  /**
   * A sync of a member's disk fails; what was to be synced may be gone after a crash, whatever
   * later syncs say.
   */
  SYNC_FAILED,
  /** A database has no room. */
  DATABASE_FULL,
  /** A disk comes back with what it held a while ago. */
  DISK_OLD,
  /** A member's disk is replaced by an empty one. */
  DISK_NEW,
  /** A star-service's database is put back from a copy. */
  DATABASE_OLD,
  /** A blackhole's database is put back from a copy. */
  BLACKHOLE_OLD,
  /** A commit failed, and changed nothing. */
  COMMIT_FAILED,
  /** A commit took place, but whoever asked for it hears that it failed. */
  COMMIT_UNCONFIRMED,
  /** A clock gains or loses more than a fast quartz would. */
  CLOCK_DRIFTS,

  // What Byzantine members do.
  /** Says two things in one slot. */
  DOUBLE_VOTE,
  /** Shows two proposals. */
  DOUBLE_PROPOSAL,
  /** Runs twice, with one key and two journals. */
  TWIN,
  /** Members of one committee do the same wrong to the same others. */
  COLLUSION,
  /** Does not say to some what it says to others. */
  MEMBER_WITHHOLDS,
  /** Sends coin shares that are none. */
  MALFORMED_SHARE,
  /** Adds votes that mean nothing. */
  NONSENSE_VOTE,
  /** Sends bytes that are no message. */
  GARBAGE,
  /** Hands on blocks under certificates that certify nothing. */
  GARBAGE_CERTIFICATE,
  /** Names bodies that it gives to nobody. */
  ABSENT_BODY,
  /** Proposes a time of hours ago, or of hours to come. */
  FALSE_TIME,
  /** Sends much more than anybody needs. */
  FLOOD,
  /** Everybody in a cluster makes up checkpoints together. */
  CAPTURED_CHECKPOINT,

  // What is said about others.
  /** Says something in the name of somebody who has not signed it. */
  FORGED_SENDER,
  /** Shows a double vote, a fork or two headers that there are not. */
  FALSE_EVIDENCE,
  /** Turns down what a correct star wrote, as if it could never be included. */
  FALSE_VERDICT,
  /** Tells a member that has started again what it never said, and of rounds that there are not. */
  FALSE_ANSWER,
  /** Shows a state that is not the one of the block that it is shown for. */
  FALSE_SNAPSHOT,
  /** Answers with blocks that nobody agreed on. */
  FALSE_BLOCK,
  /** Says that the ledger ends where it does not. */
  FALSE_END,
  /** Signs a second header of a round, alone or with as many as may be faulty. */
  SECOND_HEADER,

  // What Byzantine stars do.
  /** Writes two half-blocks at one place of its chain. */
  STAR_FORK,
  /** Writes another half-block at a place that the ledger has long passed. */
  STAR_OLD_FORK,
  /** Sends again what is long executed. */
  STAR_REPLAY,
  /** Sends to a cluster where it is not at home. */
  STAR_WRONG_HOME,
  /** Signs what makes no sense. */
  STAR_NONSENSE,
  /** Goes on with its chain, and with what the ledger turns down. */
  STAR_IN_VAIN,
  /** Sends the galaxy a notice that is of no use. */
  STAR_IDLE_NOTICE
}
