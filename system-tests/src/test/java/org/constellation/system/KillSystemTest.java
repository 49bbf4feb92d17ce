package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.constellation.protocol.star.StarId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An import at full speed, while everything is killed in turn, at last all at once, at last the
 * broker with its data. The system property {@code constellation.import.file} names a larger file.
 */
@Tag("system")
class KillSystemTest {

  private static final Duration STEP_PATIENCE = Duration.ofMinutes(5);
  private static final Duration IMPORT_PATIENCE = Duration.ofMinutes(30);
  private static final List<String> IN_TURN =
      List.of(
          "facilitator-2", "galaxy-3", "star-service", "blackhole-ledger", "broker", "database");

  @TempDir private Path directory;

  @Test
  void killsDuringAnImportChangeNoBalance() throws Exception {
    var file = importFile();
    var rows = Files.readAllLines(file).size() - 1;
    var screen = directory.resolve("import.out");
    try (var platform = Platform.up(directory.resolve("data"), "--processes")) {
      var running =
          platform.start(
              screen,
              "import",
              file.toString(),
              "--from",
              "v1",
              "--to",
              "v2",
              "--amount",
              "abs(weight)",
              "--time",
              "time",
              "--asset",
              "TRUST");
      try {
        for (var name : IN_TURN) {
          awaitProgress(platform, running, rows);
          requireRunning(running, screen, name);
          platform.run("kill", name).expectSuccess();
          platform.run("start", name).expectSuccess();
        }
        awaitProgress(platform, running, rows);
        requireRunning(running, screen, "everything");
        var all = platform.processes();
        platform.killNow(all);
        startAll(platform, all);

        awaitProgress(platform, running, rows);
        requireRunning(running, screen, "the broker and its data");
        platform.killNow(List.of("broker"));
        delete(platform.data().resolve("broker"));
        platform.run("start", "broker").expectSuccess();

        await().atMost(IMPORT_PATIENCE).until(() -> !running.isAlive());
        assertThat(running.exitValue()).as(() -> read(screen) + platform.lastWords()).isZero();
        System.out.println(read(screen));
        requireSums(platform, file);
      } finally {
        running.destroyForcibly();
      }
    }
  }

  private static Path importFile() throws URISyntaxException {
    var named = System.getProperty("constellation.import.file");
    if (named != null) {
      return Path.of(named);
    }
    var resource = KillSystemTest.class.getResource("/trust-2000.csv");
    return Path.of(Objects.requireNonNull(resource).toURI());
  }

  private static void startAll(Platform platform, List<String> names) throws IOException {
    // Those that others wait for come first; the others would wait, too, but longer.
    for (var name : List.of("database", "broker")) {
      platform.run("start", name).expectSuccess();
    }
    for (var name : names) {
      if (!name.equals("database") && !name.equals("broker")) {
        platform.run("start", name).expectSuccess();
      }
    }
  }

  private static void requireRunning(Process running, Path screen, String next) {
    assertThat(running.isAlive())
        .as(() -> "the import ended before the kill of " + next + ":\n" + read(screen))
        .isTrue();
  }

  /** More was accepted, or all was and waits for its end. */
  private static void awaitProgress(Platform platform, Process running, int rows)
      throws IOException {
    var before = journal(platform).size();
    await()
        .atMost(STEP_PATIENCE)
        .until(
            () -> {
              var now = journal(platform);
              return now.size() > before
                  || now.stream().filter(line -> line.startsWith("row\t")).count() >= rows
                  || !running.isAlive();
            });
  }

  private static List<String> journal(Platform platform) throws IOException {
    var client = platform.data().resolve("client");
    if (!Files.exists(client)) {
      return List.of();
    }
    try (var files = Files.list(client)) {
      var lines = new ArrayList<String>();
      for (var file : files.filter(one -> one.toString().endsWith(".tsv")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    }
  }

  private static void requireSums(Platform platform, Path file) throws IOException, SQLException {
    var expected = new TreeMap<String, Long>();
    for (var line : Files.readAllLines(file).stream().skip(1).toList()) {
      var fields = line.split(",", -1);
      expected.merge(fields[1], Math.abs(Long.parseLong(fields[2])), Long::sum);
    }
    var stars = starsByPerson(platform);
    var found = balances(platform);
    expected.forEach(
        (person, sum) -> assertThat(found.get(stars.get(person))).as(person).isEqualTo(sum));
    assertThat(found).hasSize(expected.size());
    try (var database = platform.database();
        var statement = database.createStatement();
        var rows =
            statement.executeQuery("select count(*) from conservation where difference <> 0")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).as("assets whose holders have more or less").isZero();
    }
  }

  private static Map<String, String> starsByPerson(Platform platform) throws IOException {
    var stars = new TreeMap<String, String>();
    for (var line : journal(platform)) {
      var fields = line.split("\t", -1);
      if (fields.length == 4 && fields[0].equals("star")) {
        stars.put(fields[1], fields[2]);
      }
    }
    return stars;
  }

  private static Map<String, Long> balances(Platform platform) throws IOException, SQLException {
    var balances = new TreeMap<String, Long>();
    try (var database = platform.database();
        var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                "select b.star, b.amount from balance b join asset a on a.id = b.asset"
                    + " where a.symbol = 'TRUST' and b.amount > 0 and b.star <> a.issuer")) {
      while (rows.next()) {
        balances.put(StarId.of(rows.getBytes(1)).toString(), rows.getLong(2));
      }
    }
    return balances;
  }

  private static String read(Path screen) {
    try {
      return Files.readString(screen);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException trouble)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
