package org.constellation.gateway.limit;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * The container's HTTP/1.1, with less patience for connections that were just made. Public, since
 * the container makes it from its name.
 */
public final class FrontDoorProtocol extends Http11NioProtocol {

  private final FrontDoorEndpoint endpoint;

  /** For the container; {@link #welcome} says the rest before it starts. */
  public FrontDoorProtocol() {
    this(new FrontDoorEndpoint());
  }

  private FrontDoorProtocol(FrontDoorEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  /**
   * Sets how newcomers are received.
   *
   * @param firstByteMax milliseconds that a connection has for its first byte
   */
  void welcome(Newcomers newcomers, int firstByteMax) {
    endpoint.welcome(newcomers, firstByteMax);
  }

  /** What a request has between two bytes; the endpoint's own is for the first byte of all. */
  @Override
  public int getConnectionTimeout() {
    return endpoint.requestTimeout();
  }

  /** The names of all connections that are open. */
  Set<String> open() {
    return endpoint.getConnections().stream()
        .map(FrontDoorProtocol::name)
        .collect(Collectors.toSet());
  }

  /** The name by which a request knows its connection. */
  static String name(SocketWrapperBase<?> connection) {
    // As the container's HTTP/1.1 asks; who asks first settles the words for all requests.
    return connection.getServletConnection("http/1.1", "").getConnectionId();
  }
}
