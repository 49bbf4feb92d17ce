package org.constellation.protocol.wire;

import org.constellation.protocol.wire.Decoded.Reason;

/**
 * Carries a reason from deep inside a message up to {@link MessageFormat}. Where a message is made,
 * not read, it reaches the caller as the {@link IllegalArgumentException} that it is.
 */
final class Rejection extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final String detail;

  Rejection(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
    this.detail = detail;
  }

  /** None: a peer decides how often this is made, and nobody reads it. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  Reason reason() {
    return reason;
  }

  String detail() {
    return detail;
  }
}
