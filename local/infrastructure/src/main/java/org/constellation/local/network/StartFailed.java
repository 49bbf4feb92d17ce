package org.constellation.local.network;

import java.io.Serial;

/** A part of the network did not come up; the message tells the user which and why. */
public final class StartFailed extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  StartFailed(String message) {
    super(message);
  }

  StartFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
