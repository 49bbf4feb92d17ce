package org.constellation.platform.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reading a request's body went past the limit. */
public final class BodyTooLarge extends IOException {

  private static final long serialVersionUID = 1L;
  private static final int CAUSES_MAX = 16;

  BodyTooLarge(long bytesMax) {
    super("the body has more than " + bytesMax + " bytes");
  }

  /** Whether {@code exception} is, or comes from, a body that was too large. */
  public static boolean isCauseOf(Throwable exception) {
    @Nullable Throwable cause = exception;
    for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      if (cause instanceof BodyTooLarge) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
