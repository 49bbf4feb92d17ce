package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members that are away while much happens: when they return, one of each layer goes on after
 * somebody else's snapshot, and one executes every block. Then the layers cannot do without them.
 * The system property {@code constellation.catchup.half-blocks} says how much happens.
 */
@Tag("system")
class CatchUpSystemTest {

  private static final int HALF_BLOCKS =
      Integer.getInteger("constellation.catchup.half-blocks", 20_000);

  private static final String FACILITATOR = "facilitator-4";
  private static final String GALAXY_MEMBER = "galaxy-7";
  private static final String EXECUTING_MEMBER = "galaxy-6";
  private static final List<String> AWAY = List.of(GALAXY_MEMBER, FACILITATOR, EXECUTING_MEMBER);

  private static final String EXECUTE_EVERYTHING = "-Dconstellation.follower.newcomer-after=3650d";

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  @TempDir private Path directory;

  @Test
  void whoWasAwayIsLevelAgainAndVotes() throws Exception {
    try (var platform = Platform.up(directory.resolve("data"), "--processes", "--galaxies", "7");
        var api = new Api(platform.address())) {
      platform.killAll(AWAY);
      var payments = Payments.of(platform, api);
      while (stored(platform, "half_block") < HALF_BLOCKS) {
        load(platform);
      }
      System.out.printf(
          "%d half-blocks in %d blocks%n",
          stored(platform, "half_block"), stored(platform, "block"));

      for (var name : AWAY) {
        catchUp(platform, name);
      }

      // Of seven members five decide, of four three: without these, those that were away must.
      platform.killAll(List.of("galaxy-1", "galaxy-2", "facilitator-1"));
      payments.make(20);
      payments.awaitFinal();
      Ledger.requireConservation(platform);
      assertThat(api.get("/api/evidence").expect(200).path("items")).isEmpty();
    }
  }

  private void load(Platform platform) throws IOException, InterruptedException {
    var screen = directory.resolve("load");
    var bench = platform.start(screen, "bench", "--insist", "--rate=0", "--seconds=60");
    try {
      assertThat(bench.waitFor(PATIENCE)).as(() -> content(screen)).isTrue();
    } finally {
      bench.destroyForcibly();
    }
    assertThat(bench.exitValue()).as(content(screen) + platform.lastWords()).isZero();
  }

  private static void catchUp(Platform platform, String name) throws IOException, SQLException {
    var executes = name.equals(EXECUTING_MEMBER);
    var height =
        name.equals(FACILITATOR) ? "constellation_followed_height" : "constellation_height";
    var words = new ArrayList<>(platform.commandOf(name));
    if (executes) {
      words.add(words.indexOf("-cp"), EXECUTE_EVERYTHING);
    }
    var target = stored(platform, "block");
    var begin = System.nanoTime();
    platform.restart(name, words);
    await()
        .alias(name + " at height " + target)
        .atMost(PATIENCE)
        .pollInterval(LOOK_AGAIN)
        .ignoreException(AssertionError.class)
        .until(() -> platform.figure(name, height, "") >= target);
    System.out.printf(
        "%s, %s: %.1f s from the start of its process to height %d%n",
        name,
        executes ? "every block executed" : "after a snapshot",
        (System.nanoTime() - begin) / 1e9,
        target);
    platform.awaitWell(name);
    assertThat(platform.figure(name, "constellation_snapshots_adopted_total", ""))
        .isEqualTo(executes ? 0 : 1);
  }

  private static long stored(Platform platform, String table) throws SQLException {
    try (var database = platform.database();
        var statement = database.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
