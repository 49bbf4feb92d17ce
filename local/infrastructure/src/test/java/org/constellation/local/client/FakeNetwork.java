package org.constellation.local.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.star.StarId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as the front door does, with a ledger of one block per payment: for tests of what this
 * side does when answers fail to come, which the real network does too rarely and too slowly.
 */
public final class FakeNetwork implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final Map<String, String> byRepeatKey = new HashMap<>();
  private final Map<String, Long> balances = new HashMap<>();
  private final List<String> ended = new ArrayList<>();
  private int stars;
  private int answersToLose;
  private int paymentsToLeaveOpen;
  private int requestsToRefuse;
  private int openAtMost = Integer.MAX_VALUE;
  private long defectiveAmount = -1;
  private int defects;

  private FakeNetwork(HttpServer server) {
    this.server = server;
  }

  /** Starts one on a port of its own. */
  public static FakeNetwork start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var fake = new FakeNetwork(server);
    server.createContext("/", fake::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return fake;
  }

  /** A client of it. */
  public Network client() {
    return new Network(URI.create("http://127.0.0.1:" + port()));
  }

  /** Does what the next requests ask for, and hangs up instead of answering. */
  public synchronized void loseAnswers(int count) {
    answersToLose = count;
  }

  /** Makes the next payments, and hangs up instead of answering. */
  public synchronized void loseAnswersToPayments(int count) {
    paymentsToLeaveOpen = count;
  }

  /** Refuses the next requests, as an overloaded service does. */
  public synchronized void refuse(int count) {
    requestsToRefuse = count;
  }

  /** Takes so many payments and no more, until told otherwise. */
  public synchronized void takeAtMost(int payments) {
    openAtMost = payments;
  }

  /** Meets a defect whenever somebody pays this amount. */
  public synchronized void failPaymentsOf(long amount) {
    defectiveAmount = amount;
  }

  /** How often it met one. */
  public synchronized int defectCount() {
    return defects;
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What a star was paid less what it paid. */
  public synchronized long balance(String star) {
    return balances.getOrDefault(star, 0L);
  }

  /** Payments that took effect. */
  public synchronized int paymentCount() {
    return ended.size();
  }

  /** Stars that were opened. */
  public synchronized int starCount() {
    return stars;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    try (exchange) {
      String answer;
      synchronized (this) {
        if (requestsToRefuse > 0) {
          requestsToRefuse--;
          send(exchange, 503, "{\"code\":\"OVERLOADED\",\"detail\":\"later\"}");
          return;
        }
        if (isDefective(exchange, body)) {
          defects++;
          send(exchange, 500, "{\"code\":\"INTERNAL_ERROR\",\"detail\":\"a bug\"}");
          return;
        }
        answer = answer(exchange, body);
        if (answersToLose > 0) {
          answersToLose--;
          return; // closed without a word
        }
        if (paymentsToLeaveOpen > 0 && isPayment(exchange)) {
          paymentsToLeaveOpen--;
          return;
        }
      }
      if (answer.isEmpty()) {
        send(exchange, 429, "{\"code\":\"TOO_MANY_OPEN\",\"detail\":\"later\"}");
      } else {
        send(exchange, 200, answer);
      }
    }
  }

  private boolean isDefective(HttpExchange exchange, byte[] body) {
    return isPayment(exchange)
        && JSON.readTree(body).path("amount").asString().equals(Long.toString(defectiveAmount));
  }

  private static boolean isPayment(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().equals("/api/transactions");
  }

  private String answer(HttpExchange exchange, byte[] body) {
    var path = exchange.getRequestURI().getPath();
    return switch (path) {
      case "/api/stars" -> "{\"star\":\"%s\",\"token\":\"t%d\"}".formatted(nextStar(), stars);
      case "/api/transactions" ->
          pay(
              JSON.readTree(body),
              String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
      case "/api/ledger/endings" -> endings(exchange.getRequestURI().getQuery());
      default -> star(path);
    };
  }

  private static String star(String path) {
    if (!path.startsWith("/api/stars/")) {
      throw new IllegalArgumentException(path);
    }
    return "{\"balances\":[]}";
  }

  /** Whose key nobody has; another one each time. */
  public synchronized String nextStar() {
    var seed = new byte[32];
    seed[0] = (byte) ++stars;
    seed[1] = (byte) (stars >> 8);
    return new StarId(Ed25519.ofJavaRuntime().signingKey(seed).publicKey()).toString();
  }

  private String pay(JsonNode payment, String repeatKey) {
    var key = payment.path("from").asString() + repeatKey;
    var known = byRepeatKey.get(key);
    if (known == null) {
      if (ended.size() >= openAtMost) {
        return "";
      }
      known = "%064x".formatted(ended.size() + 1);
      byRepeatKey.put(key, known);
      ended.add(known);
      var amount = Long.parseLong(payment.path("amount").asString());
      balances.merge(payment.path("from").asString(), -amount, Long::sum);
      balances.merge(payment.path("to").asString(), amount, Long::sum);
    }
    return "{\"id\":\"%s\",\"status\":\"PROPOSED\"}".formatted(known);
  }

  private String endings(String query) {
    var after = query == null ? ended.size() : Integer.parseInt(query.replace("after=", ""));
    var ids = ended.subList(Math.min(after, ended.size()), ended.size());
    var answer = JSON.createObjectNode();
    answer.put("height", ended.size());
    var settled = answer.putObject("ended").putArray("SETTLED");
    ids.forEach(settled::add);
    return JSON.writeValueAsString(answer);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
