package org.constellation.simulation.disk;

import java.io.IOException;

/** A disk is full: no defect, and production may call for a person. */
public final class NoSpace extends IOException {

  private static final long serialVersionUID = 1;

  NoSpace() {
    super("no space left on device");
  }
}
