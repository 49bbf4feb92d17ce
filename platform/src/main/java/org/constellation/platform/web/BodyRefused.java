package org.constellation.platform.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request's body is read no further: it is too large, or takes too long. */
public final class BodyRefused extends IOException {

  private static final long serialVersionUID = 1L;
  private static final int CAUSES_MAX = 16;

  private final CommonError code;

  BodyRefused(CommonError code, String message) {
    super(message);
    this.code = code;
  }

  /** Why it is read no further. */
  public CommonError code() {
    return code;
  }

  /** What is wrong, for people. */
  public String detail() {
    return StatusWords.of(code);
  }

  /** The refused body that {@code exception} is, or comes from; null for another reason. */
  public static @Nullable BodyRefused causeOf(@Nullable Throwable exception) {
    @Nullable Throwable cause = exception;
    for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      if (cause instanceof BodyRefused refused) {
        return refused;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
