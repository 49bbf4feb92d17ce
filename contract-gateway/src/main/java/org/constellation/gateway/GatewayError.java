package org.constellation.gateway;

import org.constellation.platform.web.ErrorCategory;
import org.constellation.platform.web.ErrorCode;

/** What can go wrong at the front door itself. */
public enum GatewayError implements ErrorCode {
  /** The service that would answer takes no connection. */
  SERVICE_AWAY(ErrorCategory.UNAVAILABLE),
  /** The service that would answer says nothing; whether it did what was asked is not known. */
  SERVICE_SILENT(ErrorCategory.UNAVAILABLE),
  /** As many connections are open as the front door serves; this one is closed. */
  TOO_MANY_CONNECTIONS(ErrorCategory.UNAVAILABLE);

  private final ErrorCategory category;

  GatewayError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
