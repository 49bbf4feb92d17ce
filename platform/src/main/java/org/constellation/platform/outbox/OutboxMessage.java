package org.constellation.platform.outbox;

import org.constellation.protocol.Bytes;

/**
 * A message that must reach the network.
 *
 * @param destination the service's own word for where it goes; the topic is looked up at each
 *     sending, since a star's home may change meanwhile: see {@link OutboxRoute}
 * @param key what the topic is keyed by
 * @param reference by which the service will say that it arrived
 * @param message exact bytes
 */
public record OutboxMessage(String destination, Bytes key, Bytes reference, Bytes message) {}
