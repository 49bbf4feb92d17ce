package org.constellation.platform.transport;

/**
 * The network as one service sees it: publishers and subscriptions, each by itself, so that members
 * in one process share nothing but what lies between them. It promises neither that something
 * arrives nor when, how often or in which order.
 */
public interface Transport extends AutoCloseable {

  /** A way to send in the name of {@code sender}. */
  EnvelopePublisher publisher(Sender sender);

  /** Begins to read; what arrives goes to {@code handler}. */
  EnvelopeSubscription subscribe(Subscription subscription, EnvelopeHandler handler);

  /** Closes what is still open. */
  @Override
  void close();
}
