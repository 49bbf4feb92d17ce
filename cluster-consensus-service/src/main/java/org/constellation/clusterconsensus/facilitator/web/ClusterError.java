package org.constellation.clusterconsensus.facilitator.web;

import org.constellation.platform.web.ErrorCategory;
import org.constellation.platform.web.ErrorCode;

/** What can go wrong when clusters are asked for. */
enum ClusterError implements ErrorCode {
  /** No facilitator of that cluster runs here. */
  UNKNOWN_CLUSTER(ErrorCategory.NOT_FOUND);

  private final ErrorCategory category;

  ClusterError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
