package org.constellation.local.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The network's HTTP interface. Safe to use from many threads. */
public final class Network implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final URI address;
  private final HttpClient http;

  /** Talks to the front door at {@code address}. */
  public Network(URI address) {
    this.address = address;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  /** A star that the service keeps a key for. */
  public record OpenedStar(String star, String token) {}

  /** A proposal that will not be lost any more. */
  public record Accepted(String id, String status) {}

  /**
   * Where a transaction stands.
   *
   * @param reason why it did not become final, empty otherwise
   */
  public record Standing(String status, String reason) {

    /** Whether nothing will change any more. */
    public boolean isEnd() {
      return status.equals("FINAL") || status.equals("REJECTED") || status.equals("EXPIRED");
    }
  }

  /**
   * What is to be paid.
   *
   * @param asset its id, or {@code no0s}
   * @param validForTicks after this many ticks without an answer it expires; 0 for the default
   */
  public record Payment(
      String from, String to, String asset, long amount, String memo, long validForTicks) {}

  /** Opens a star whose key the service keeps. */
  public OpenedStar openStar() throws IOException, InterruptedException {
    var opened = json(send(post("/api/stars", Map.of(), null, null)));
    return new OpenedStar(text(opened, "star"), text(opened, "token"));
  }

  /** The cluster that a star is at home in, once the galaxy gave it one. */
  public Optional<Integer> home(String star) throws IOException, InterruptedException {
    var home = star(star).path("home");
    return home.isNumber() ? Optional.of(home.asInt()) : Optional.empty();
  }

  /** All that the network tells about a star. */
  public JsonNode star(String star) throws IOException, InterruptedException {
    return get("/api/stars/" + star);
  }

  /**
   * Proposes a payment.
   *
   * @param repeatKey makes a repetition harmless
   */
  public Accepted pay(Payment payment, String token, String repeatKey)
      throws IOException, InterruptedException {
    return accepted(json(send(paying(payment, token, repeatKey))));
  }

  private HttpRequest paying(Payment payment, String token, String repeatKey) {
    var body = JSON.createObjectNode();
    body.put("from", payment.from());
    body.put("to", payment.to());
    body.put("asset", payment.asset());
    body.put("amount", Long.toString(payment.amount()));
    if (!payment.memo().isEmpty()) {
      body.put("memo", payment.memo());
    }
    if (payment.validForTicks() > 0) {
      body.put("validForTicks", payment.validForTicks());
    }
    return post("/api/transactions", body, token, repeatKey);
  }

  private static Accepted accepted(JsonNode answer) throws IOException {
    return new Accepted(text(answer, "id"), text(answer, "status"));
  }

  /**
   * Defines an asset; the answer is its id, which is good once a galaxy block holds it.
   *
   * @param repeatKey makes a repetition harmless
   */
  public String defineAsset(
      String star, String token, String symbol, String name, int decimals, String repeatKey)
      throws IOException, InterruptedException {
    var body = Map.of("symbol", symbol, "name", name, "decimals", decimals);
    return text(json(send(post("/api/stars/" + star + "/assets", body, token, repeatKey))), "id");
  }

  /** Where a transaction stands now. */
  public Standing standing(String transaction) throws IOException, InterruptedException {
    var answer = get("/api/transactions/" + transaction);
    return new Standing(text(answer, "status"), answer.path("reason").asString(""));
  }

  /** What the ledger knows of a transaction. */
  public JsonNode transaction(String transaction) throws IOException, InterruptedException {
    return get("/api/transactions/" + transaction);
  }

  /** Whether the ledger knows an asset. */
  public boolean knowsAsset(String asset) throws IOException, InterruptedException {
    try {
      get("/api/assets/" + asset);
      return true;
    } catch (RequestRefused e) {
      if (e.code().equals("UNKNOWN_ASSET")) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Transactions that came to their end in blocks above a height.
   *
   * @param height up to which this tells; where to go on from
   * @param outcomes by transaction; SETTLED means that it is final
   */
  public record Ended(long height, Map<String, String> outcomes) {}

  /** The height of the newest galaxy block that is stored. */
  public long storedHeight() throws IOException, InterruptedException {
    return get("/api/ledger/endings").path("height").asLong();
  }

  /** What ended above {@code height}; whole blocks, not always all at once. */
  public Ended endedAfter(long height) throws IOException, InterruptedException {
    var answer = get("/api/ledger/endings?after=" + height);
    var outcomes = new HashMap<String, String>();
    for (var group : answer.path("ended").properties()) {
      for (var id : group.getValue()) {
        outcomes.put(id.asString(), group.getKey());
      }
    }
    return new Ended(answer.path("height").asLong(height), outcomes);
  }

  /** The exact bytes of a proof; they prove nothing until they were checked. */
  public byte[] proof(String path) throws IOException, InterruptedException {
    return checked(send(request(path).GET().build()));
  }

  /** Any answer in JSON. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return json(send(request(path).GET().build()));
  }

  /** Any answer as text, for instance metrics. */
  public String getText(String path) throws IOException, InterruptedException {
    return new String(checked(send(request(path).GET().build())), StandardCharsets.UTF_8);
  }

  private HttpRequest post(
      String path, Object body, @Nullable String token, @Nullable String repeatKey) {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (repeatKey != null) {
      request.header("Idempotency-Key", repeatKey);
    }
    return request.build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      // Java's own has no words.
      var refused = new ConnectException("nobody listens at " + address + ": is the network up?");
      refused.initCause(e);
      throw refused;
    }
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    try {
      return JSON.readTree(checked(response));
    } catch (JacksonException e) {
      throw new IOException("the answer is no JSON", e);
    }
  }

  private static byte[] checked(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    throw refused(response);
  }

  private static RequestRefused refused(HttpResponse<byte[]> response) {
    var status = response.statusCode();
    try {
      var problem = JSON.readTree(response.body());
      return new RequestRefused(
          status, problem.path("code").asString("HTTP_" + status), detail(problem));
    } catch (JacksonException e) {
      return new RequestRefused(status, "HTTP_" + status, "an answer that is no problem report");
    }
  }

  private static String detail(JsonNode problem) {
    return problem.path("detail").asString(problem.path("title").asString("no detail"));
  }

  private static String text(JsonNode answer, String field) throws IOException {
    var value = answer.path(field);
    if (!value.isString()) {
      throw new IOException("the answer has no " + field);
    }
    return value.asString();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
