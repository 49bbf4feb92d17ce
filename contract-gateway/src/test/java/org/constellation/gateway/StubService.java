package org.constellation.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service behind the front door: says its name, unless told otherwise, and what it was asked. */
final class StubService implements AutoCloseable {

  /** Answers a request. */
  @FunctionalInterface
  interface Handler {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  StubService(String name) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    on("/", exchange -> answer(exchange, 200, "text/plain", name));
    server.start();
  }

  /** Answers what begins with {@code path}. */
  void on(String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            handler.answer(exchange);
          }
        });
  }

  static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
