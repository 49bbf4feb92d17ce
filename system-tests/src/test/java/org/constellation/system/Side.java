package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.constellation.protocol.star.StarId;
import org.jspecify.annotations.Nullable;

/** One organisation's part of a network, with its own front door, stars and database. */
final class Side implements AutoCloseable {

  private static final Pattern TREASURY = Pattern.compile("(?m)^treasury +(\\S+)");
  private static final long MONEY = 100_000;

  private final Platform platform;
  private final Api api;
  private final Api.Star payer;
  private final Api.Star payee;
  private final List<String> open = new CopyOnWriteArrayList<>();
  private final List<Long> finals = new CopyOnWriteArrayList<>();
  private final AtomicInteger made = new AtomicInteger();
  private volatile boolean enough;
  private @Nullable Thread paying;

  private Side(Platform platform, Api api, Api.Star payer, Api.Star payee) {
    this.platform = platform;
    this.api = api;
    this.payer = payer;
    this.payee = payee;
  }

  /** The one that has all money in the beginning. */
  static Side ofTreasury(Platform platform) throws IOException {
    var api = new Api(platform.address());
    var listed = TREASURY.matcher(platform.run("star", "list").expectSuccess());
    assertThat(listed.find()).isTrue();
    var token = platform.data().resolve("secrets").resolve("treasury.token");
    var treasury = new Api.Star(listed.group(1), Files.readString(token).strip());
    return new Side(platform, api, treasury, opened(api));
  }

  /** One that has what another one pays to it. */
  static Side of(Platform platform, Side other) {
    var api = new Api(platform.address());
    var payer = opened(api);
    var side = new Side(platform, api, payer, opened(api));
    api.awaitStatus(other.pay(payer.id(), MONEY), "FINAL");
    other.open.clear();
    return side;
  }

  private static Api.Star opened(Api api) {
    var star = api.openStar();
    api.awaitHome(star.id());
    return star;
  }

  Platform platform() {
    return platform;
  }

  String payee() {
    return payee.id();
  }

  /** Pays one unit to somebody's payee. */
  String pay(Side to) {
    made.incrementAndGet();
    return pay(to.payee.id(), 1);
  }

  private String pay(String star, long amount) {
    var body = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%d}".formatted(payer.id(), star, amount);
    var answer = api.post("/api/transactions", body, payer.token()).expect(202);
    var id = answer.path("id").asString();
    open.add(id);
    return id;
  }

  /** How many payments were made here. */
  int made() {
    return made.get();
  }

  boolean isFinal(String transaction) {
    return api.get("/api/transactions/" + transaction)
        .body()
        .path("status")
        .asString("")
        .equals("FINAL");
  }

  /** Returns when all that was paid here is final. */
  void awaitFinal() {
    open.forEach(transaction -> api.awaitStatus(transaction, "FINAL"));
    open.clear();
  }

  long height() {
    return api.get("/api/blocks/latest").expect(200).path("height").asLong();
  }

  /** What a service says about brokers. */
  String health() {
    try (var management = platform.managementOf("star-service")) {
      return management.get("/actuator/health").text();
    }
  }

  /** Begins to pay this side's own payee, one payment after the other. */
  void begin() {
    finals.clear();
    enough = false;
    paying =
        Thread.ofVirtual()
            .name("payer")
            .start(
                () -> {
                  while (!enough) {
                    api.awaitStatus(pay(this), "FINAL");
                    finals.add(System.nanoTime());
                  }
                });
  }

  /** How many of those are final. */
  int finals() {
    return finals.size();
  }

  /** Ends that when the last one is final; the longest time from one to the next. */
  Duration longestGap() throws InterruptedException {
    enough = true;
    Objects.requireNonNull(paying).join();
    var longest = 0L;
    for (var at = 1; at < finals.size(); at++) {
      longest = Math.max(longest, finals.get(at) - finals.get(at - 1));
    }
    return Duration.ofNanos(longest);
  }

  /** The hashes of all blocks that this side's ledger has, by height. */
  Map<Long, String> blocks() throws SQLException {
    var blocks = new TreeMap<Long, String>();
    try (var database = platform.database();
        var statement = database.createStatement();
        var rows = statement.executeQuery("select height, encode(hash, 'hex') from block")) {
      while (rows.next()) {
        blocks.put(rows.getLong(1), rows.getString(2));
      }
    }
    return blocks;
  }

  /** Who has how much of what. */
  Map<String, Long> balances() throws SQLException {
    var balances = new TreeMap<String, Long>();
    try (var database = platform.database();
        var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                "select star, encode(asset, 'hex'), amount from balance where amount > 0")) {
      while (rows.next()) {
        var star = StarId.of(rows.getBytes(1)).toString();
        balances.merge(star + " of " + rows.getString(2), rows.getLong(3), Long::sum);
      }
    }
    return balances;
  }

  /** What a star has, of everything. */
  static long held(Map<String, Long> balances, String star) {
    return balances.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(star + " "))
        .mapToLong(entry -> entry.getValue())
        .sum();
  }

  @Override
  public void close() {
    api.close();
    platform.close();
  }
}
