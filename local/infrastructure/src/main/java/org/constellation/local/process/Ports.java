package org.constellation.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * Ports on the loopback interface, none of them given out twice. A port is chosen before its owner
 * listens, because others must know it first and it must stay the same across a restart; should
 * somebody take it in between, that owner fails to start and says so.
 */
public final class Ports {

  private final Set<Integer> given = new HashSet<>();

  /** The first of {@code wanted} that is free, else any free port. */
  public int choose(int... wanted) throws IOException {
    for (var port : wanted) {
      if (port != 0 && !given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    while (true) {
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        if (given.add(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      }
    }
  }

  /**
   * A port that must be this one.
   *
   * @throws IOException if it is not free
   */
  public int require(int port) throws IOException {
    if (!isFree(port) || !given.add(port)) {
      throw new IOException("the port " + port + ", where others look for the broker, is taken");
    }
    return port;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
