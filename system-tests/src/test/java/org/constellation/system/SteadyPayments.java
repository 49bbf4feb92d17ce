package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.wire.GenesisCodec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A few payments a second, one after another, from the treasury to a new star. What is not taken is
 * sent again under the same key until it is, so each is made once.
 */
final class SteadyPayments implements AutoCloseable {

  private static final Duration ONE_TRY = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long PAUSE_MILLIS = 200;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Api api;
  private final String body;
  private final String keys;
  private final String token;
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread payer;

  SteadyPayments(Api api, Path data) throws IOException {
    this.api = api;
    var genesis =
        GenesisCodec.decode(Bytes.copyOf(Files.readAllBytes(data.resolve("genesis.bin"))))
            .toOptional()
            .orElseThrow();
    var treasury =
        genesis.stars().stream()
            .max(Comparator.comparingLong(Genesis.GenesisStar::balance))
            .orElseThrow()
            .star();
    this.token = Files.readString(data.resolve("secrets").resolve("treasury.token")).strip();
    var payee = api.openStar();
    api.awaitHome(payee.id());
    this.keys = "steady-" + payee.id() + "-";
    this.body =
        "{\"from\":\"%s\",\"to\":\"%s\",\"asset\":\"no0s\",\"amount\":\"1\",\"validForTicks\":9000}"
            .formatted(treasury, payee.id());
    this.payer = Thread.ofPlatform().name("payer").start(this::pay);
  }

  private void pay() {
    try {
      for (var number = 1; !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS); ) {
        if (send(keys + number)) {
          number++;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean send(String key) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(api.address().resolve(URI.create("/api/transactions")))
            .timeout(ONE_TRY)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        return false;
      }
      taken.add(JSON.readTree(answer.body()).path("id").asString());
      return true;
    } catch (IOException | JacksonException e) {
      return false; // nobody knows what became of it: the key tells
    }
  }

  /** How many were answered with an id. */
  int taken() {
    return taken.size();
  }

  /** Returns when some more were taken. */
  void awaitMore(int count) {
    var enough = taken.size() + count;
    await("payments are taken").atMost(PATIENCE).until(() -> taken.size() >= enough);
  }

  /** Ends paying; every payment that was taken must have an end, and all are counted once. */
  void requireEnds() throws InterruptedException {
    close();
    payer.join();
    assertThat(new HashSet<>(taken)).as("each key is one payment").hasSameSizeAs(taken);
    var ends = new TreeMap<String, Integer>();
    for (var id : taken) {
      var end = endOf(id);
      ends.merge(end, 1, Integer::sum);
    }
    System.out.println("payments that were taken: " + ends);
    assertThat(ends).containsOnlyKeys("FINAL");
  }

  private String endOf(String id) {
    return await("an end of " + id)
        .atMost(PATIENCE)
        .ignoreException(AssertionError.class)
        .until(
            () -> api.get("/api/transactions/" + id).body().path("status").asString(""),
            status -> List.of("FINAL", "REJECTED", "EXPIRED").contains(status));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
