package org.constellation.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Installation;
import org.constellation.local.network.LocalNetwork;
import org.constellation.local.network.Shape;
import org.constellation.local.network.StartFailed;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a network that has not started yet, or shows what one starts from. */
@Command(
    name = "genesis",
    description =
        "Makes the genesis file and all keys of a new network without starting it, and shows the"
            + " file; one that exists is shown as it is.",
    mixinStandardHelpOptions = true,
    subcommands = GenesisAssemble.class)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class GenesisCommand implements Callable<Integer> {

  private static final int MEMBERS = 4;
  private static final int FINGERPRINT_BYTES = 8;

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--facilitators",
      paramLabel = "N",
      defaultValue = "4",
      description = "Cluster members (default: ${DEFAULT-VALUE}).")
  private int facilitators = MEMBERS;

  @Option(
      names = "--galaxies",
      paramLabel = "N",
      defaultValue = "4",
      description = "Galaxy members (default: ${DEFAULT-VALUE}).")
  private int galaxies = MEMBERS;

  @Option(names = "--show", paramLabel = "FILE", description = "Only show this genesis file.")
  private @Nullable Path show;

  @Override
  public Integer call() throws IOException, StartFailed, InterruptedException {
    var directory = data.directory();
    if (show == null && (directory.shape().isEmpty() || hasOneTokenForAll(directory))) {
      try (var _ = directory.lock()) {
        var shape = directory.shape().orElseGet(() -> new Shape(facilitators, galaxies, false));
        directory.claim(shape);
        LocalNetwork.provision(Installation.in(DataOption.home()), directory, shape);
      }
    }
    print(new ClientFiles(directory).genesis(show));
    return 0;
  }

  /** Of a network that was made before the operator and the treasury had a token each. */
  private static boolean hasOneTokenForAll(DataDirectory directory) {
    return Files.exists(directory.genesis())
        && Files.isDirectory(directory.root().resolve("members"))
        && !Files.exists(directory.root().resolve("secrets").resolve("operator.hash"));
  }

  private static void print(Genesis genesis) {
    System.out.println("network     " + genesis.network().toHex());
    System.out.println("name        " + genesis.name());
    System.out.println("made        " + Instant.ofEpochMilli(genesis.timeMillis()));
    print(genesis.galaxy());
    genesis.clusters().forEach(GenesisCommand::print);
    for (var broker : genesis.brokers()) {
      System.out.printf("broker      %s  %s%n", broker.organisation(), broker.bootstrapServers());
    }
    for (var star : genesis.stars()) {
      System.out.printf(
          "star        %s  home c%d  %d no0s%n", star.star(), star.home(), star.balance());
    }
    System.out.println("parameters  " + genesis.parameters());
  }

  private static void print(EraPlan plan) {
    System.out.printf(
        "committee   %s: %d members, of whom %d may fail; %d signatures make a certificate%n",
        plan.committee(), plan.members().size(), plan.faultyMax(), plan.quorum());
    for (var member : plan.members()) {
      System.out.printf(
          "  signs with %s…  agrees with %s…  earns for %s%n",
          fingerprint(member.operationalKey().toBytes()),
          fingerprint(member.agreementKey().toArray()),
          member.star());
    }
  }

  private static String fingerprint(byte[] key) {
    return HexFormat.of().formatHex(key, 0, FINGERPRINT_BYTES);
  }
}
