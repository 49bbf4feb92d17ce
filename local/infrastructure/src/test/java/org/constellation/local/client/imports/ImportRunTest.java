package org.constellation.local.client.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.FutureTask;
import org.constellation.local.client.FakeNetwork;
import org.constellation.local.client.Wallets.Wallet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportRunTest {

  private static final PrintStream QUIET =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  private static final Wallet TREASURY = new Wallet("treasury", "star1treasury", "token");
  private static final int ROWS = 300;
  private static final int PEOPLE = 20;

  @TempDir private Path directory;
  private Interactions interactions;
  private Path journal;

  @BeforeEach
  void readTheFile() throws IOException {
    var csv = new StringBuilder("v1,v2,weight\n");
    for (var row = 0; row < ROWS; row++) {
      csv.append(person(row))
          .append(',')
          .append(person(row * 7 + 1))
          .append(',')
          .append(row % 2 == 0 ? -row - 1 : row + 1)
          .append('\n');
    }
    var file = Files.writeString(directory.resolve("rows.csv"), csv);
    interactions =
        Interactions.read(
            file, new Interactions.Columns("v1", "v2", AmountRule.parse("abs(weight)"), null));
    journal = directory.resolve("client").resolve("import.tsv");
  }

  /** One of few, among them names that a line of a journal cannot hold as they are. */
  private static String person(int number) {
    var one = number % PEOPLE;
    return switch (one % 5) {
      case 0 -> "\"tab\t%d\"".formatted(one);
      case 1 -> "\"line\n%d\"".formatted(one);
      case 2 -> "\"return\r%d\"".formatted(one);
      case 3 -> "\\t%d\\".formatted(one);
      default -> Integer.toString(one);
    };
  }

  @Test
  void everyRowIsPaidOnceAndBalancesAreTheFilesSums() throws Exception {
    try (var network = FakeNetwork.start()) {
      var report = run(network);

      assertThat(report.rows().finalCount()).isEqualTo(interactions.rows().size());
      assertThat(report.rows().rejectedByReason()).isEmpty();
      requireSums(network);
    }
  }

  @Test
  void lostAnswersAndRefusalsChangeNothing() throws Exception {
    try (var network = FakeNetwork.start()) {
      network.loseAnswers(30);
      network.refuse(20);
      run(network);

      requireSums(network);
    }
  }

  @Test
  void aStoppedImportGoesOnAndPaysNothingTwice() throws Exception {
    try (var network = FakeNetwork.start()) {
      network.takeAtMost(PEOPLE + ROWS / 3);
      var stopped = new FutureTask<>(() -> run(network));
      var thread = Thread.ofPlatform().start(stopped);
      await().until(() -> network.paymentCount() == PEOPLE + ROWS / 3);
      thread.interrupt();
      thread.join();
      assertThat(stopped.state()).isEqualTo(FutureTask.State.FAILED);
      var opened = network.starCount();
      // As a kill in the middle of a line leaves it.
      Files.writeString(journal, "row\t1\t77", StandardOpenOption.APPEND);

      network.takeAtMost(Integer.MAX_VALUE);
      var report = run(network);

      assertThat(report.resumed()).isPositive();
      assertThat(report.rows().finalCount()).isEqualTo(interactions.rows().size());
      assertThat(network.starCount()).isEqualTo(opened);
      requireSums(network);
    }
  }

  @Test
  void onlyTheOwnerReadsTheTokens() throws Exception {
    try (var network = FakeNetwork.start()) {
      run(network);
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)))
        .isEqualTo("rw-------");
  }

  private ImportRun.Report run(FakeNetwork network) throws IOException, InterruptedException {
    try (var client = network.client();
        var kept = ImportJournal.open(journal)) {
      return new ImportRun(client, interactions, kept, TREASURY, "test", QUIET).run("no0s");
    }
  }

  private void requireSums(FakeNetwork network) throws IOException {
    var outflows = interactions.outflows();
    assertThat(network.paymentCount()).isEqualTo(outflows.size() + interactions.rows().size());
    assertThat(network.balance(TREASURY.star()))
        .isEqualTo(-outflows.values().stream().mapToLong(Long::longValue).sum());
    try (var kept = ImportJournal.open(journal)) {
      for (var person : interactions.people()) {
        assertThat(network.balance(kept.star(person).orElseThrow().star()))
            .as(person)
            .isEqualTo(interactions.inflows().getOrDefault(person, 0L));
      }
    }
  }
}
