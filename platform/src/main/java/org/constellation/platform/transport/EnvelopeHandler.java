package org.constellation.platform.transport;

import java.util.List;

/** Takes what a subscription received. */
@FunctionalInterface
public interface EnvelopeHandler {

  /**
   * Everything that came at once, in order of arrival; never empty, and never while an earlier call
   * is under way. It does not wait for others, but a handler that writes to a database may slow its
   * own feed, and nobody else's. An exception is our defect; it is logged and the batch is lost, as
   * the network may lose any batch.
   *
   * @return whether the batch was taken. If not, this very list comes again a little later, and
   *     until then nothing more is read
   */
  boolean handle(List<ReceivedEnvelope> batch);
}
