package org.constellation.star;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Prints what the service does under load and what that costs, by group of threads. No test: run it
 * by hand on a quiet machine. Arguments: senders, seconds, requests under way per sender.
 */
final class StarFigures {

  private StarFigures() {}

  public static void main(String[] arguments) throws Exception {
    var senders = argument(arguments, 0, 100);
    var seconds = argument(arguments, 1, 15);
    var underWay = argument(arguments, 2, 2);
    try (var network = RunningNetwork.start(StarFigures.class)) {
      var stars = new ArrayList<RunningNetwork.Star>();
      for (var i = 0; i < senders; i++) {
        stars.add(network.openStarWithoutHome());
      }
      for (var star : stars) {
        network.awaitHome(star.id());
      }
      var funding = new ArrayList<String>();
      for (var star : stars) {
        funding.add(network.pay(network.treasury(), star.id(), 1_000_000));
      }
      for (var id : funding) {
        network.awaitStatus(id, "FINAL");
      }
      System.out.println("funded " + senders);
      load(network, stars, 3, underWay);
      load(network, stars, seconds, underWay);
    }
    System.exit(0);
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static void load(
      RunningNetwork network, List<RunningNetwork.Star> stars, int seconds, int underWay)
      throws Exception {
    var accepted = new AtomicLong();
    var refused = new AtomicLong();
    var waited = new AtomicLong();
    var jdbc = JdbcClient.create(network.database().dataSource());
    var before = finals(jdbc);
    var cpuBefore = cpu();
    var postgresBefore = postgresMillis();
    var started = System.nanoTime();
    var end = started + Duration.ofSeconds(seconds).toNanos();
    var clientThreads =
        Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().name("load-", 0).factory());
    try (var http = HttpClient.newBuilder().executor(clientThreads).build()) {
      var room = new Semaphore(stars.size() * underWay);
      var next = 0;
      while (System.nanoTime() < end) {
        room.acquire();
        var from = stars.get(next % stars.size());
        var to = stars.get((next + 1) % stars.size());
        next++;
        var request =
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + network.port() + "/api/transactions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + from.token())
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}"
                            .formatted(from.id(), to.id())))
                .build();
        var sentAt = System.nanoTime();
        var _ =
            http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete(
                    (answer, failure) -> {
                      waited.addAndGet(System.nanoTime() - sentAt);
                      if (failure == null && answer.statusCode() == 202) {
                        accepted.incrementAndGet();
                      } else {
                        refused.incrementAndGet();
                      }
                      room.release();
                    });
      }
      room.acquire(stars.size() * underWay);
    }
    var sending = (System.nanoTime() - started) / 1e9;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> finals(jdbc) - before >= accepted.get());
    var all = (System.nanoTime() - started) / 1e9;
    var done = finals(jdbc) - before;
    System.out.printf(
        "accepted %d (%.0f/s), refused %d, final %d (%.0f/s), mean answer %.1f ms%n",
        accepted.get(),
        accepted.get() / sending,
        refused.get(),
        done,
        done / all,
        waited.get() / 1e6 / Math.max(1, accepted.get() + refused.get()));
    var count = Math.max(1, done);
    var cpuAfter = cpu();
    for (var group : cpuAfter.entrySet()) {
      var nanos = group.getValue() - cpuBefore.getOrDefault(group.getKey(), 0L);
      if (nanos / 1_000 / count > 2) {
        System.out.printf("  %-28s %5d us/tx%n", group.getKey(), nanos / 1_000 / count);
      }
    }
    System.out.printf(
        "  %-28s %5d us/tx%n", "postgres", (postgresMillis() - postgresBefore) * 1_000 / count);
  }

  private static long finals(JdbcClient jdbc) {
    return jdbc.sql("SELECT count(*) FROM star.transaction WHERE outcome = 2")
        .query(Long.class)
        .single();
  }

  /** Processor time of live threads, by their name without digits. */
  private static Map<String, Long> cpu() {
    var threads = ManagementFactory.getThreadMXBean();
    var groups = new TreeMap<String, Long>();
    for (var id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null) {
        var name = info.getThreadName().replaceAll("[0-9]+", "").replaceAll("@.*", "");
        groups.merge(name, Math.max(0, threads.getThreadCpuTime(id)), Long::sum);
      }
    }
    return groups;
  }

  /**
   * Processor time of all PostgreSQL processes on this machine that belong to this JVM's server.
   */
  private static long postgresMillis() throws Exception {
    var total = 0L;
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : processes) {
        try {
          var stat = Files.readString(process.resolve("stat"));
          if (stat.contains("(postgres)")) {
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            total += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
          }
        } catch (IOException e) {
          // Gone meanwhile.
        }
      }
    }
    return total;
  }
}
