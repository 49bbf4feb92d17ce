package org.constellation.local.services;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * Stands in for the real services, whose class path this module must not have: listens on the
 * management ports it is told and says that it is well.
 */
public final class LocalServices {

  private LocalServices() {}

  public static void main(String[] args) throws IOException {
    var services = System.getProperty("constellation.services");
    if (services.startsWith("member-") || services.startsWith("genesis-")) {
      told();
      return;
    }
    if ("provision".equals(services)) {
      Files.writeString(Path.of(System.getProperty("constellation.data"), "provisioned"), "yes");
      return;
    }
    for (var name : "all".equals(services) ? all() : List.of(services)) {
      listen(Integer.getInteger("constellation.ports." + name + "-management"));
    }
    System.out.println("listening, for " + System.getProperty("constellation.organisation"));
    System.out.println("broker " + System.getProperty("spring.kafka.bootstrap-servers"));
  }

  /** Says what it was told, and refuses to work for one organisation. */
  private static void told() {
    new TreeMap<>(System.getProperties())
        .forEach(
            (name, value) -> {
              if (name.toString().startsWith("constellation.")) {
                System.out.println(name + "=" + value);
              }
            });
    if ("refused".equals(System.getProperty("constellation.organisation"))) {
      System.err.println("CARD_INVALID: no");
      System.exit(10);
    }
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
