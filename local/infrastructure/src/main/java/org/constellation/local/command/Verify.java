package org.constellation.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.proof.Refuted;
import org.constellation.protocol.proof.TransactionProof;
import org.constellation.protocol.wire.ProofCodec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a proof on this machine; of the network nothing is believed but its genesis file. */
@Command(
    name = "verify",
    description = "Fetches a transaction's proof and checks it offline against the genesis file.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class Verify implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "ID", description = "The transaction's id.")
  private String id = "";

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
    var files = new ClientFiles(data.directory());
    var proof = proof(files);
    if (save != null) {
      Files.write(save, proof);
    }
    var verdict =
        ProofCodec.checkTransaction(files.genesis(genesis), Bytes.copyOf(proof), Ed25519.best());
    return switch (verdict) {
      case TransactionProof.Proven proven -> report(proven, proof.length);
      case Refuted(var reason, var detail) -> {
        System.out.println("REFUTED: " + reason + ", " + detail);
        yield 1;
      }
    };
  }

  private byte[] proof(ClientFiles files) throws IOException, InterruptedException {
    if (given != null) {
      return Files.readAllBytes(given);
    }
    try (var network = files.network()) {
      return network.proof(id);
    }
  }

  private int report(TransactionProof.Proven proven, int bytes) {
    if (!proven.transaction().toHex().equals(id)) {
      System.out.println("REFUTED: the proof is of transaction " + proven.transaction().toHex());
      return 1;
    }
    System.out.println("PROVEN by " + bytes + " bytes: both signatures, the receipt's path, the");
    System.out.println("header and its certificate lead to the genesis file.");
    System.out.println("  from    " + proven.proposer());
    System.out.println("  to      " + proven.contents().counterparty());
    for (var leg : proven.contents().legs()) {
      var asset = leg.asset().equals(AssetId.NO0S) ? "no0s" : leg.asset().hash().toHex();
      System.out.println("  " + leg.direction() + "    " + leg.amount() + " of " + asset);
    }
    System.out.println(
        "  block   " + proven.height() + " at " + Instant.ofEpochMilli(proven.timeMillis()));
    return 0;
  }
}
