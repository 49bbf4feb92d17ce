package org.constellation.local.client.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.client.FakeNetwork;
import org.constellation.local.client.Wallets;
import org.constellation.local.client.imports.Interactions.Columns;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Shape;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

  private static final PrintStream QUIET =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  private static final int ROWS_AND_FUNDINGS = 3 + 2;

  @TempDir private Path directory;

  @Test
  void isTheSameInWhateverOrderItsRowsAreSent() throws Exception {
    try (var network = FakeNetwork.start()) {
      var files = filesFor(network);
      assertThat(run(files, null, "").resumed()).isZero();
      assertThat(network.paymentCount()).isEqualTo(ROWS_AND_FUNDINGS);

      var again = run(files, "t", "");

      assertThat(again.resumed()).isEqualTo(3);
      assertThat(again.rows().finalCount()).isEqualTo(3);
      assertThat(again.finalPerSecond()).isZero();
      assertThat(network.paymentCount()).isEqualTo(ROWS_AND_FUNDINGS);
    }
  }

  @Test
  void isAnotherUnderAnotherName() throws Exception {
    try (var network = FakeNetwork.start()) {
      var files = filesFor(network);
      run(files, "t", "");

      assertThat(run(files, "t", "once more").resumed()).isZero();

      assertThat(network.paymentCount()).isEqualTo(2 * ROWS_AND_FUNDINGS);
    }
  }

  private ImportRun.Report run(ClientFiles files, @Nullable String time, String repetition)
      throws IOException, InterruptedException {
    var csv =
        Files.writeString(directory.resolve("rows.csv"), "a,b,w,t\nx,y,1,3\ny,x,2,2\nx,y,3,1\n");
    return new Import(
            csv, new Columns("a", "b", AmountRule.parse("w"), time), "no0s", "treasury", repetition)
        .run(files, QUIET);
  }

  private ClientFiles filesFor(FakeNetwork network) throws IOException {
    var data = new DataDirectory(directory.resolve("data"));
    data.claim(new Shape(4, 4, false));
    Files.writeString(
        data.root().resolve("endpoints.json"),
        "{\"" + Shape.gateway() + "\":" + network.port() + "}");
    var files = new ClientFiles(data);
    files.wallets().add(List.of(new Wallets.Wallet("treasury", "star1treasury", "token")));
    return files;
  }
}
