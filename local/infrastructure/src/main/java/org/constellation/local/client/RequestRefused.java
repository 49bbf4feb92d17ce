package org.constellation.local.client;

import java.io.IOException;

/** The network answered a request with a problem. */
public final class RequestRefused extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  RequestRefused(int status, String code, String detail) {
    super(code + ": " + detail);
    this.status = status;
    this.code = code;
  }

  /** The problem's stable code. */
  public String code() {
    return code;
  }

  /** Whether the network met a defect of its own: whether it did what was asked is not known. */
  public boolean isDefect() {
    return status == 500;
  }

  /** Whether the same request may succeed later. */
  public boolean isTemporary() {
    return status == 429 || status >= 500;
  }
}
