package org.constellation.platform.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.testsupport.RealPostgres;

/**
 * What one synced batch costs in a file and in PostgreSQL. A program, not a test: run its main
 * method. Prints microseconds.
 */
final class JournalBenchmark {

  private static final int BATCHES = 400;
  private static final int WARM_UP = 100;

  private JournalBenchmark() {}

  /** One argument: a directory on the disk in question. */
  public static void main(String[] arguments) throws Exception {
    var directory = Files.createTempDirectory(Path.of(arguments[0]), "journal-benchmark");
    for (var size : List.of(200, 4_096, 65_536)) {
      print("file", size, file(directory.resolve("journal" + size), size));
      print("PostgreSQL", size, database(size));
    }
  }

  private static long[] file(Path directory, int size) throws JournalUnusable {
    var owner = new Owner(Hash.ZERO, PublicKey.of(new byte[32]));
    Journal.create(Disk.LOCAL, directory, owner);
    var records =
        List.<JournalRecord>of(new JournalRecord.Proposed(1, Bytes.copyOf(new byte[size])));
    var times = new long[BATCHES];
    try (var journal = Journal.open(Disk.LOCAL, directory, owner).journal()) {
      for (var i = -WARM_UP; i < BATCHES; i++) {
        var began = System.nanoTime();
        journal.append(records);
        if (i >= 0) {
          times[i] = System.nanoTime() - began;
        }
      }
    }
    return times;
  }

  private static long[] database(int size) throws SQLException {
    var times = new long[BATCHES];
    try (var connection =
            RealPostgres.freshDatabase(JournalBenchmark.class).dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE journal (round bigint, entry bytea)");
      try (var insert = connection.prepareStatement("INSERT INTO journal VALUES (1, ?)")) {
        for (var i = -WARM_UP; i < BATCHES; i++) {
          var began = System.nanoTime();
          insert.setBytes(1, new byte[size]);
          insert.executeUpdate();
          if (i >= 0) {
            times[i] = System.nanoTime() - began;
          }
        }
      }
    }
    return times;
  }

  private static void print(String what, int size, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-10s %6d bytes: p50 %6d us, p90 %6d us, p99 %6d us%n",
        what,
        size,
        nanos[nanos.length / 2] / 1_000,
        nanos[nanos.length * 9 / 10] / 1_000,
        nanos[nanos.length * 99 / 100] / 1_000);
  }
}
