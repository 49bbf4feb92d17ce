package org.constellation.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.constellation.local.client.ClientFiles;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a proof on this machine; of the network nothing is believed but its genesis file. */
@Command(
    name = "verify",
    description = "Fetches a proof and checks it offline against the genesis file.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class Verify implements Callable<Integer> {

  private static final String NO0S = "no0s";

  /** HEIGHT-POSITION. */
  private static final Pattern PLACE = Pattern.compile("\\d{1,18}-\\d{1,9}");

  @Mixin private final DataOption data = new DataOption();

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  /** Whatever the proof is of. */
  @SuppressWarnings("FieldCanBeFinal")
  private static final class Subject {

    @Parameters(paramLabel = "ID", description = "A settled transaction's id.")
    private @Nullable String transaction;

    @Option(
        names = "--balance",
        paramLabel = "STAR",
        description = "What this star has: a name of this user's, or any star1….")
    private @Nullable String holder;

    @Option(
        names = "--exclusion",
        paramLabel = "STAR",
        description = "How many elections this star sits out.")
    private @Nullable String excluded;

    @Option(
        names = "--evidence",
        paramLabel = "HEIGHT-POSITION",
        description = "Whom the evidence at this place convicts.")
    private @Nullable String evidence;
  }

  @Option(
      names = "--asset",
      paramLabel = "ASSET",
      defaultValue = NO0S,
      description = "The asset of a balance; no0s unless given.")
  private String asset = NO0S;

  @Option(
      names = "--proof",
      paramLabel = "FILE",
      description = "Check this proof; nothing is fetched.")
  private @Nullable Path given;

  @Option(names = "--save", paramLabel = "FILE", description = "Keep the proof.")
  private @Nullable Path save;

  @Option(names = "--genesis", paramLabel = "FILE", description = "Another genesis file.")
  private @Nullable Path genesis;

  @Override
  public Integer call() throws IOException, InterruptedException {
    // Whoever brings the proof and the genesis file needs no network.
    var directory = given == null || genesis == null ? data.network() : data.directory();
    var files = new ClientFiles(directory);
    var claim = claim(files);
    var proof = proof(files, claim);
    if (save != null) {
      Files.write(save, proof);
    }
    var report = claim.check(files.genesis(genesis), Bytes.copyOf(proof));
    System.out.println(
        report.isProven()
            ? "PROVEN by " + proof.length + " bytes, from the genesis file on."
            : "REFUTED: " + report.refutation());
    report.lines().forEach(line -> System.out.println("  " + line));
    return report.isProven() ? 0 : 1;
  }

  private Claim claim(ClientFiles files) throws IOException {
    if (subject.transaction != null) {
      return new Claim.Settled(TransactionId.read(subject.transaction));
    }
    if (subject.holder != null) {
      return new Claim.Balance(star(files, subject.holder), asset());
    }
    if (subject.excluded != null) {
      return new Claim.Exclusion(star(files, subject.excluded));
    }
    return new Claim.Convicted(place(subject.evidence == null ? "" : subject.evidence));
  }

  private static String place(String typed) throws IOException {
    if (!PLACE.matcher(typed).matches()) {
      throw new IOException(
          "'" + typed + "' is no place of evidence, which is HEIGHT-POSITION, for instance 1204-0");
    }
    return typed;
  }

  private AssetId asset() throws IOException {
    if (asset.equals(NO0S)) {
      return AssetId.NO0S;
    }
    try {
      return new AssetId(Hash.fromHex(asset));
    } catch (IllegalArgumentException e) {
      throw new IOException(asset + " is no asset's id, which is 64 hexadecimal digits", e);
    }
  }

  private StarId star(ClientFiles files, String name) throws IOException {
    return StarId.parse(StarName.read(files.wallets(), name, data));
  }

  private byte[] proof(ClientFiles files, Claim claim) throws IOException, InterruptedException {
    if (given != null) {
      return Files.readAllBytes(given);
    }
    try (var network = files.network()) {
      return network.proof(claim.path());
    }
  }
}
