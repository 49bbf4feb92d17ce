package org.constellation.platform.transport;

import java.util.List;

/** Takes what a subscription received. */
@FunctionalInterface
public interface EnvelopeHandler {

  /**
   * Everything that one poll brought, in order of arrival; never empty. Runs on the subscription's
   * thread: as long as it runs nothing more is fetched, so a handler that writes to a database
   * slows its own feed and nobody else's. An exception is our defect; it is logged and the batch is
   * lost, as the network may lose any batch.
   */
  void handle(List<ReceivedEnvelope> batch);
}
