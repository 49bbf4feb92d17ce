package org.constellation.platform.transport;

import org.constellation.protocol.envelope.Envelope;

/** Whose envelopes a subscriber wants; asked before the signature is checked, as it costs less. */
@FunctionalInterface
public interface SenderCheck {

  /** Whether an envelope with this header is wanted if its signature holds. */
  boolean admits(Envelope.Header header);

  /** Wants all: for topics whose messages prove themselves. */
  static SenderCheck anyone() {
    return _ -> true;
  }
}
