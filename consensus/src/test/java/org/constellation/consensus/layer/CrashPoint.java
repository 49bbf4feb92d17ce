package org.constellation.consensus.layer;

import java.util.EnumSet;
import java.util.List;

/** Where in a step that has something to journal a member loses power. */
enum CrashPoint {
  /** Nothing of the step is on disk, nothing was sent. */
  BEFORE_SYNC,
  /** The first few of the step's records are on disk, nothing was sent. */
  TORN,
  /** All records are on disk, nothing was sent. */
  BEFORE_SEND,
  /** All records are on disk, and some members were told. */
  MID_SEND,
  /**
   * Everything was sent, and nothing of it is on disk. No correct member can lose power there: this
   * is what a member is like that sends before it persists.
   */
  SENT_UNSAVED;

  /** Where a member that keeps the order may lose power. */
  static final List<CrashPoint> OF_CORRECT =
      EnumSet.complementOf(EnumSet.of(SENT_UNSAVED)).stream().toList();
}
