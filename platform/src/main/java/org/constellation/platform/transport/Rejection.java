package org.constellation.platform.transport;

/** Why a record is refused; the names label a counter. */
enum Rejection {
  /** No value at all, or more bytes than an envelope may have. */
  SIZE,
  /** No envelope. */
  MALFORMED,
  /** Of another network. */
  WRONG_NETWORK,
  /** From a sender that is not wanted here. */
  UNWANTED_SENDER,
  BAD_SIGNATURE,
  /** Our own check failed on it. */
  DEFECT
}
