package org.constellation.local.client.imports;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.client.Network;
import org.constellation.local.client.Wallets.Wallet;

/**
 * What is to be imported.
 *
 * @param file with a header line
 * @param asset an asset's id, {@code no0s}, or the symbol of a new one
 * @param repetition tells one import of the same file from another
 */
public record Import(
    Path file, Interactions.Columns columns, String asset, String issuer, String repetition) {

  private static final int NAME_BYTES = 6;

  /** Does it, or goes on with it; progress is shown on {@code out}. */
  public ImportRun.Report run(ClientFiles files, PrintStream out)
      throws IOException, InterruptedException {
    var interactions = Interactions.read(file, columns);
    var name = name();
    try (var network = files.network();
        var journal = ImportJournal.open(files.progress("import-" + name + ".tsv"))) {
      var payer = issuer(files, network);
      var report = new ImportRun(network, interactions, journal, payer, name, out).run(asset);
      interactions
          .refused()
          .forEach(
              (reason, count) -> {
                for (var one = 0; one < count; one++) {
                  report.rows().rejected(reason);
                }
              });
      return report;
    }
  }

  /** Only the issuer of an asset, or who has plenty of it, can fund everybody. */
  private Wallet issuer(ClientFiles files, Network network)
      throws IOException, InterruptedException {
    var wallets = files.wallets();
    var star =
        asset.matches("[0-9a-f]{64}")
            ? network.get("/api/assets/" + asset).path("issuer").asString(issuer)
            : wallets.star(issuer);
    return wallets
        .find(star)
        .orElseThrow(() -> new IOException("this user has no star " + star + " to fund from"));
  }

  /**
   * The same file with the same meaning of its columns has the same name. The order in which rows
   * are sent is no part of it: each row keeps its number, and so its key, in whatever order.
   */
  private String name() throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(file));
      digest.update(
          (columns.inAnyOrder() + "|" + asset + "|" + repetition).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("this Java has no SHA-256", e));
    }
  }
}
