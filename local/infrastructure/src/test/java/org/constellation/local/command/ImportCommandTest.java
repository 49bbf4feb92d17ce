package org.constellation.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.constellation.local.client.imports.ImportRun;
import org.constellation.local.client.load.Tally;
import org.junit.jupiter.api.Test;

class ImportCommandTest {

  @Test
  void reportsWhatBecameFinalAndWhatNobodyKnows() {
    var rows = new Tally();
    for (var row = 0; row < 30; row++) {
      rows.accepted();
    }
    rows.settledEarlier();
    for (var row = 0; row < 20; row++) {
      rows.settled(TimeUnit.MILLISECONDS.toNanos(100));
    }
    for (var row = 0; row < 9; row++) {
      rows.rejected("EXPIRED");
    }
    rows.unknown("INTERNAL_ERROR");

    assertThat(shown(new ImportRun.Report("no0s", rows, 1, 2)))
        .isEqualTo(
            """
            asset     no0s
            sent      30, of which 1 in an earlier run
            final     21
            rejected  9
              EXPIRED                  9
            unknown   1; the same command again asks for them anew
              INTERNAL_ERROR           1
            rate      10 tx/s sent now and final over 2.0 s
            latency   p50 100 ms, p95 100 ms, p99 100 ms, longest 100 ms
            """);
  }

  private static String shown(ImportRun.Report report) {
    var bytes = new ByteArrayOutputStream();
    ImportCommand.show(report, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
