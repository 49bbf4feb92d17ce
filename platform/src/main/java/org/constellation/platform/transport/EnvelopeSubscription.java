package org.constellation.platform.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Topics that are being read. Where it stands is a position in memory; none is stored, and if the
 * broker no longer knows it, reading goes on from the beginning of what there is.
 */
public interface EnvelopeSubscription extends AutoCloseable {

  /**
   * Waits until its place in every topic is known; {@code false} if {@code atMost} was too short.
   */
  boolean awaitPositioned(Duration atMost) throws InterruptedException;

  /** Why nothing may be arriving from the home broker; null while all is well. */
  @Nullable String trouble();

  /** Ends it; nothing is handed over any more. */
  @Override
  void close();
}
