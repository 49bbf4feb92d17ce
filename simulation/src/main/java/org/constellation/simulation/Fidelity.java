package org.constellation.simulation;

/** How much of the production code runs. Every figure names it. */
public enum Fidelity {
  /** All of it: every vote, coin and signature. */
  FULL
}
