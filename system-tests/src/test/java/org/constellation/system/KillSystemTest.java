package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
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
 * Imports at full speed, while everything is killed in turn, at last all at once, at last the
 * broker with its data. The system property {@code constellation.import.file} names a larger file.
 */
@Tag("system")
class KillSystemTest {

  private static final List<String> IN_TURN =
      List.of(
          "facilitator-2", "galaxy-3", "star-service", "blackhole-ledger", "broker", "database");

  @TempDir private Path directory;

  @Test
  void killsDuringAnImportChangeNoBalance() throws Exception {
    try (var platform = Platform.up(directory.resolve("data"), "--processes");
        var imports = new Imports(platform, importFile(), directory)) {
      for (var name : IN_TURN) {
        imports.awaitPayments();
        platform.run("kill", name).expectSuccess();
        platform.run("start", name).expectSuccess();
      }
      imports.awaitPayments();
      var all = platform.processes();
      platform.killNow(all);
      startAll(platform, all);

      imports.awaitPayments();
      platform.killNow(List.of("broker"));
      delete(platform.data().resolve("broker"));
      platform.run("start", "broker").expectSuccess();

      imports.awaitPayments();
      imports.finish();
      platform.awaitAllWell();
      requireBalances(platform, imports.expectedBalances());
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

  private static void requireBalances(Platform platform, Map<String, Long> expected)
      throws IOException, SQLException {
    assertThat(balances(platform)).isEqualTo(expected);
    try (var database = platform.database();
        var statement = database.createStatement();
        var rows =
            statement.executeQuery("select count(*) from conservation where difference <> 0")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).as("assets whose holders have more or less").isZero();
    }
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
