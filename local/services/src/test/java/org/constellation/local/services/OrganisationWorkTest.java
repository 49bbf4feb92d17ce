package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.constellation.platform.provision.ProvisioningRefused.Reason;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.wire.Decoded;
import org.constellation.protocol.wire.GenesisCodec;
import org.constellation.star.StarServiceApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganisationWorkTest {

  private static final int MISSPELT = 2;

  @TempDir private Path root;
  private String said = "";

  @Test
  void makesANetworkOfTwoThatEachCanRunItsPartOf() throws Exception {
    assertThat(init("umai", "true")).isZero();
    assertThat(said).contains("fingerprint  ", "umai, broker umai:9092, 2 facilitators");
    init("orbis", "false");

    assertThat(assemble("umai", "orbis")).isZero();
    assertThat(said)
        .contains(
            "galaxy: 4 members, of whom 1 may fail",
            "  umai has 2: umai can stop the galaxy alone",
            "  orbis has 2: orbis can stop the cluster c0 alone");
    var genesis = genesis();
    assertThat(said).contains("network      " + genesis.network().toHex());
    assertThat(genesis.name()).isEqualTo("two");
    assertThat(genesis.timeMillis()).isEqualTo(1_000);
    assertThat(genesis.parameters().openHoldsMax()).isEqualTo(7);

    for (var organisation : new String[] {"umai", "orbis"}) {
      assertThat(join(organisation)).isZero();
      assertThat(said).contains("facilitator-1 is c0-", "galaxy-2 is galaxy-", "umai:9092");
      assertThat(root.resolve(organisation).resolve("keeper.hex")).exists();
      var lookup = lookup(Map.of("services", "all", "data", root.resolve(organisation).toString()));
      assertThat(LocalServices.provision(LocalSettings.of(lookup))).isFalse();
      var star =
          new ServiceContexts(LocalSettings.of(lookup).running(StarServiceApplication.NAME))
              .contexts()
              .getFirst();
      assertThat(star.settings().containsKey("constellation.star.treasury-key-file"))
          .isEqualTo(organisation.equals("umai"));
      assertThat(star.settings().containsKey("constellation.star.treasury-token-file"))
          .isEqualTo(organisation.equals("umai"));
      assertThat(root.resolve(organisation).resolve("secrets/treasury.token").toFile().exists())
          .isEqualTo(organisation.equals("umai"));
    }
  }

  @Test
  void endsWithTheCodeOfTheReason() throws Exception {
    init("umai", "true");
    assertThat(init("umai", "false")).isEqualTo(Reason.KEYS_OTHERWISE.exitCode());
    assertThat(said).startsWith("KEYS_OTHERWISE: ");
    assertThat(assemble("umai", "umai")).isEqualTo(Reason.CARD_TWICE.exitCode());
    init("orbis", "false");
    assertThat(assemble("umai", "nobody")).isEqualTo(Reason.FILE_UNUSABLE.exitCode());
    assertThat(said).startsWith("FILE_UNUSABLE: ").contains("nobody/card.json is not there");
    assertThat(join("umai")).isEqualTo(Reason.FILE_UNUSABLE.exitCode());
    assertThat(said).contains("genesis.bin is not there");
    assemble("umai", "orbis");
    var before = genesis().network();
    assertThat(assemble("umai", "orbis")).isEqualTo(Reason.FILE_EXISTS.exitCode());
    assertThat(genesis().network()).isEqualTo(before);
    init("third", "false");
    assertThat(join("third")).isEqualTo(Reason.GENESIS_FOREIGN.exitCode());
    assertThat(run(Map.of("services", "member-init", "data", root.toString()))).isEqualTo(MISSPELT);
    assertThat(said).contains("constellation.organisation is missing");
  }

  private int init(String organisation, String treasury) throws IOException {
    return run(
        Map.of(
            "services",
            "member-init",
            "data",
            root.resolve(organisation).toString(),
            "organisation",
            organisation,
            "broker",
            organisation + ":9092",
            "facilitators",
            "2",
            "galaxies",
            "2",
            "treasury",
            treasury));
  }

  private int assemble(String one, String other) throws IOException {
    return run(
        Map.of(
            "services", "genesis-assemble",
            "cards", root.resolve(one + "/card.json") + ":" + root.resolve(other + "/card.json"),
            "network", "two",
            "time", "1970-01-01T00:00:01Z",
            "parameters.open-holds-max", "7",
            "out", root.resolve("genesis.bin").toString(),
            "shares", root.resolve("shares.json").toString()));
  }

  private int join(String organisation) throws IOException {
    return run(
        Map.of(
            "services", "member-join",
            "data", root.resolve(organisation).toString(),
            "genesis", root.resolve("genesis.bin").toString(),
            "shares", root.resolve("shares.json").toString()));
  }

  private int run(Map<String, String> told) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      return new OrganisationWork(lookup(told), out).run(out);
    } finally {
      said = bytes.toString(StandardCharsets.UTF_8);
    }
  }

  private static LocalSettings.Lookup lookup(Map<String, String> told) {
    var properties = new HashMap<String, String>();
    told.forEach((name, value) -> properties.put("constellation." + name, value));
    return properties::get;
  }

  private Genesis genesis() throws IOException {
    var bytes = Bytes.copyOf(Files.readAllBytes(root.resolve("genesis.bin")));
    return ((Decoded.Valid<Genesis>) GenesisCodec.decode(bytes)).value();
  }
}
