package org.constellation.gateway.limit;

import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/** Shows every connection that it takes to {@link Newcomers}, and gives it a short first wait. */
final class FrontDoorEndpoint extends NioEndpoint {

  private @Nullable Newcomers newcomers;
  private int firstByteMax;

  void welcome(Newcomers all, int patience) {
    this.newcomers = all;
    this.firstByteMax = patience;
  }

  /**
   * What the container gives to a connection that it takes. Once bytes come, the protocol replaces
   * it by its own patience with requests.
   */
  @Override
  public int getConnectionTimeout() {
    return newcomers == null ? super.getConnectionTimeout() : firstByteMax;
  }

  int requestTimeout() {
    return super.getConnectionTimeout();
  }

  /** Called by the one thread that takes connections. */
  @Override
  protected boolean setSocketOptions(SocketChannel socket) {
    var taken = super.setSocketOptions(socket);
    // Away already if it was closed at once.
    var connection = connections.get(socket);
    if (taken && newcomers != null && connection != null) {
      // Else the short wait would hold for answers, too, that a caller is slow to read.
      connection.setWriteTimeout(requestTimeout());
      newcomers.arrived(connection);
    }
    return taken;
  }
}
