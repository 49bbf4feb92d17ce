package org.constellation.simulation.time;

/**
 * Ends a machine's life in the middle of what it does. An error, so that nothing goes on for want
 * of what failed; whoever catches it all the same finds that nothing has an effect any more.
 */
public final class PowerLoss extends Error {

  private static final long serialVersionUID = 1;

  PowerLoss(String machine) {
    super(machine + " lost power", null, false, false);
  }
}
