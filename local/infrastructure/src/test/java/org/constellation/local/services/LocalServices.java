package org.constellation.local.services;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Stands in for the real services, whose class path this module must not have: listens on the
 * management ports it is told and says that it is well.
 */
public final class LocalServices {

  private LocalServices() {}

  public static void main(String[] args) throws IOException {
    var services = System.getProperty("constellation.services");
    if ("provision".equals(services)) {
      Files.writeString(Path.of(System.getProperty("constellation.data"), "provisioned"), "yes");
      return;
    }
    for (var name : "all".equals(services) ? all() : List.of(services)) {
      listen(Integer.getInteger("constellation.ports." + name + "-management"));
    }
    System.out.println("listening");
  }

  private static List<String> all() {
    return List.of(
        "star-service",
        "cluster-consensus-service",
        "galaxy-service",
        "blackhole-ledger",
        "contract-gateway");
  }

  private static void listen(int port) throws IOException {
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/actuator/health",
        exchange -> {
          var body = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }
}
