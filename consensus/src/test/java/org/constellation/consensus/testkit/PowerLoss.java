package org.constellation.consensus.testkit;

/** Ends a participant's life in the middle of what it does. Not to be caught by participants. */
final class PowerLoss extends RuntimeException {
  private static final long serialVersionUID = 1;

  PowerLoss() {
    super(null, null, false, false);
  }
}
