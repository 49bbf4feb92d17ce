package org.constellation.simulation.disk;

import java.io.IOException;

/** A disk refuses something: no defect, and production may call for a person. */
public final class DiskFault extends IOException {

  private static final long serialVersionUID = 1;

  private DiskFault(String message) {
    super(message);
  }

  static DiskFault noSpace() {
    return new DiskFault("no space left on device");
  }

  static DiskFault syncFailed() {
    return new DiskFault("input/output error");
  }
}
