package org.constellation.star;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.constellation.platform.security.SecretFile;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.star.testgalaxy.TestGalaxy;
import org.constellation.star.testgalaxy.TestNetwork;
import org.constellation.star.writer.StarWriter;
import org.constellation.testsupport.RealKafka;
import org.constellation.testsupport.RealPostgres;
import org.constellation.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A star-service on a real database and a real broker, beside a small galaxy with known keys. */
final class RunningNetwork implements AutoCloseable {

  private static final AtomicInteger NETWORKS = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestDatabase database;
  private final TestNetwork network;
  private final TestGalaxy galaxy;
  private final String[] extraSettings;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable ConfigurableApplicationContext context;
  private ApplicationContextInitializer<ConfigurableApplicationContext> initializer = _ -> {};

  private RunningNetwork(TestDatabase database, TestNetwork network, String... extraSettings) {
    this.database = database;
    this.network = network;
    this.extraSettings = extraSettings;
    this.galaxy = new TestGalaxy(network, RealKafka.bootstrapServers());
  }

  static RunningNetwork start(Class<?> test, Genesis.Parameters parameters, String... settings) {
    try {
      var directory = Files.createTempDirectory("star-service-test");
      var name = "t" + NETWORKS.incrementAndGet() + Long.toString(System.nanoTime(), 36);
      var network = TestNetwork.create(directory, name, parameters);
      var running = new RunningNetwork(RealPostgres.freshDatabase(test), network, settings);
      running.startService();
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets {@code wrapper} take the place of a bean from the next start of the service on. */
  <T> void wrap(Class<T> type, UnaryOperator<T> wrapper) {
    initializer =
        starting ->
            starting
                .getBeanFactory()
                .addBeanPostProcessor(
                    new BeanPostProcessor() {
                      @Override
                      public Object postProcessAfterInitialization(Object bean, String name) {
                        return type.isInstance(bean) ? wrapper.apply(type.cast(bean)) : bean;
                      }
                    });
  }

  static RunningNetwork start(Class<?> test) {
    return start(test, Genesis.Parameters.DEFAULT);
  }

  /** Starts the service and, unless the ledger stands still, waits until it takes requests. */
  void startService() {
    startServiceAtOnce();
    if (!galaxy.isPaused()) {
      Awaitility.await().atMost(PATIENCE).until(() -> bean(StarWriter.class).trouble() == null);
    }
  }

  void startServiceAtOnce() {
    var files = network.files();
    var settings = new ArrayList<String>();
    settings.add("--server.port=0");
    if (Stream.of(extraSettings).noneMatch(setting -> setting.contains("open-custody"))) {
      settings.add("--constellation.security.open-custody=true");
    }
    settings.add("--constellation.web.requests-per-second=0");
    settings.add("--constellation.login.keys-file=" + files.loginKeys());
    settings.add("--management.server.port=0");
    settings.add("--constellation.genesis-file=" + files.genesis());
    settings.add("--constellation.security.operator-token-file=" + files.operatorHash());
    settings.add("--constellation.security.master-key-file=" + files.masterKey());
    settings.add("--constellation.star.service-key-file=" + files.serviceKey("star-service"));
    settings.add("--constellation.star.treasury-key-file=" + files.treasuryKey());
    settings.add("--constellation.star.treasury-token-file=" + files.treasuryHash());
    // A test that takes the database away is not to wait as long as an operator would.
    settings.add("--spring.datasource.hikari.connection-timeout=1000");
    database.springProperties().forEach((key, value) -> settings.add("--" + key + "=" + value));
    RealKafka.springProperties().forEach((key, value) -> settings.add("--" + key + "=" + value));
    settings.addAll(List.of(extraSettings));
    context =
        StarServiceApplication.application()
            .initializers(initializer)
            .run(settings.toArray(String[]::new));
  }

  void stopService() {
    var running = context;
    if (running != null) {
      running.close();
    }
    context = null;
  }

  <T> T bean(Class<T> type) {
    return running().getBean(type);
  }

  private ConfigurableApplicationContext running() {
    var running = context;
    if (running == null) {
      throw new IllegalStateException("the service is stopped");
    }
    return running;
  }

  TestGalaxy galaxy() {
    return galaxy;
  }

  TestNetwork network() {
    return network;
  }

  TestDatabase database() {
    return database;
  }

  int port() {
    if (running() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
      return web.getWebServer().getPort();
    }
    throw new IllegalStateException("no web server");
  }

  /** A star whose token is known. */
  record Star(String id, String token) {}

  Star treasury() {
    try {
      var seed = SecretFile.read(network.files().treasuryKey());
      var star = new StarId(Ed25519.best().signingKey(seed).publicKey());
      return new Star(star.toString(), token(network.files().treasuryToken()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String operatorToken() {
    return token(network.files().operatorToken());
  }

  private static String token(Path file) {
    try {
      return new String(SecretFile.read(file), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new custodial star that has a home. */
  Star openStar() {
    var star = openStarWithoutHome();
    awaitHome(star.id());
    return star;
  }

  Star openStarWithoutHome() {
    var opened = post("/api/stars", "{}", null).expect(201);
    return new Star(opened.path("star").stringValue(), opened.path("token").stringValue());
  }

  void awaitHome(String star) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> get("/api/stars/" + star).body().path("home").isNumber());
  }

  /** An account for a star whose owner keeps the key, once it has a home. */
  StarId openOwned(SigningKey key) {
    var star = new StarId(key.publicKey());
    var hex = key.publicKey().toHex();
    var prepared =
        post("/api/stars/prepare", "{\"publicKey\":\"%s\"}".formatted(hex), null).expect(200);
    var join = Base64.getDecoder().decode(prepared.path("signingBytes").asString());
    post(
            "/api/stars",
            "{\"publicKey\":\"%s\",\"join\":\"%s\",\"signature\":\"%s\"}"
                .formatted(
                    hex,
                    prepared.path("join").asString(),
                    Base64.getEncoder().encodeToString(key.sign(join).toBytes())),
            null)
        .expect(201);
    awaitHome(star.toString());
    return star;
  }

  /** A new star with money. */
  Star fundedStar(long amount) {
    var star = openStar();
    var id = pay(treasury(), star.id(), amount);
    awaitStatus(id, "FINAL");
    return star;
  }

  /** The id of the transaction. */
  String pay(Star from, String to, long amount) {
    return post(
            "/api/transactions",
            "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%d}".formatted(from.id(), to, amount),
            from.token())
        .expect(202)
        .path("id")
        .stringValue();
  }

  JsonNode awaitStatus(String transaction, String status) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                get("/api/transactions/" + transaction)
                    .body()
                    .path("status")
                    .asString()
                    .equals(status));
    return get("/api/transactions/" + transaction).body();
  }

  String balance(String star) {
    for (var balance : get("/api/stars/" + star + "/balances").expect(200)) {
      if (balance.path("asset").asString().equals("no0s")) {
        return balance.path("amount").asString();
      }
    }
    return "0";
  }

  /** What the service answered. */
  record Answer(int status, JsonNode body, String text, Map<String, String> headers) {
    JsonNode expect(int expected) {
      if (status != expected) {
        throw new AssertionError("expected " + expected + " but was " + status + ": " + text);
      }
      return body;
    }

    String code() {
      return body.path("code").asString();
    }
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer getAs(String path, String token) {
    return send(request(path).GET().header("Authorization", "Bearer " + token));
  }

  Answer post(String path, String json, @Nullable String token, String... headers) {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    for (var i = 0; i + 1 < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  HttpRequest.Builder request(String path) {
    var port =
        path.startsWith("/actuator/")
            ? running().getEnvironment().getRequiredProperty("local.management.port")
            : port();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  HttpClient http() {
    return http;
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      var body = response.body();
      var json =
          body.startsWith("{") || body.startsWith("[")
              ? JSON.readTree(body)
              : JSON.createObjectNode();
      return new Answer(response.statusCode(), json, body, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Path directory() {
    return network.files().root();
  }

  @Override
  public void close() {
    stopService();
    galaxy.close();
  }
}
