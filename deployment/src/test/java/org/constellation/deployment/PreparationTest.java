package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that lays out a member's files before it starts, run with other directories. */
class PreparationTest {

  private static final Set<PosixFilePermission> AS_A_SECRET_IS_MOUNTED =
      PosixFilePermissions.fromString("r--r-----");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  @TempDir private Path directory;

  @BeforeEach
  void mount() throws IOException {
    give("operational.key");
    give("agreement.key");
    give("coin.share");
    give("journal/lock");
    give("journal/000000000001.journal");
    Files.createDirectories(keys());
    Files.createDirectories(directory.resolve("data"));
  }

  @Test
  void theMemberFindsItsKeysAndNobodyElseMayReadThem() throws Exception {
    assertThat(prepare()).isZero();
    for (var key : List.of("operational.key", "agreement.key", "coin.share")) {
      assertThat(member().resolve(key)).isSymbolicLink().hasContent(key);
      assertThat(OWNER_ONLY).containsAll(Files.getPosixFilePermissions(member().resolve(key)));
    }
    try (var laidOut = Files.list(keys())) {
      assertThat(laidOut.map(key -> key.getFileName().toString()))
          .containsExactlyInAnyOrder("operational.key", "agreement.key", "coin.share");
    }
  }

  @Test
  void theFirstStartMakesTheJournalAndLaterOnesLeaveItAlone() throws Exception {
    assertThat(prepare()).isZero();
    var journal = member().resolve("journal/000000000001.journal");
    assertThat(journal).hasContent("journal/000000000001.journal");
    assertThat(Files.getPosixFilePermissions(journal))
        .isEqualTo(OWNER_ONLY)
        .isEqualTo(Files.getPosixFilePermissions(member().resolve("journal/lock")));
    Files.writeString(journal, "what the member has said");

    assertThat(prepare()).as("with the keys of the last time still there").isZero();
    assertThat(journal).hasContent("what the member has said");
    assertThat(member().resolve("journal.new")).doesNotExist();
  }

  @Test
  void aStartThatWasCutShortIsBegunAnew() throws Exception {
    var half = Files.createDirectories(member().resolve("journal.new"));
    Files.writeString(half.resolve("lock"), "");
    assertThat(prepare()).isZero();
    assertThat(member().resolve("journal")).isDirectoryContaining("glob:**.journal");
  }

  @Test
  void withoutAKeyNothingStarts() throws Exception {
    Files.delete(given().resolve("journal/lock"));
    Files.delete(given().resolve("journal/000000000001.journal"));
    assertThat(prepare()).isNotZero();
    assertThat(member().resolve("journal")).doesNotExist();
  }

  private int prepare() throws IOException, InterruptedException {
    var pods = Chart.ofCheckout().renderSet("tryout").pods("galaxy-service");
    var preparing = pods.template().getSpec().getInitContainers().getFirst();
    var command = new ArrayList<>(preparing.getCommand());
    command.add(
        preparing
            .getArgs()
            .getFirst()
            .replace("/given", given().toString())
            .replace("/run/constellation/keys", keys().toString())
            .replace("/var/lib/constellation", directory.resolve("data").toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("said").toFile())
        .start()
        .waitFor();
  }

  private void give(String name) throws IOException {
    var file = given().resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, name);
    Files.setPosixFilePermissions(file, AS_A_SECRET_IS_MOUNTED);
  }

  private Path given() {
    return directory.resolve("given");
  }

  private Path keys() {
    return directory.resolve("keys");
  }

  private Path member() {
    return directory.resolve("data/member");
  }
}
