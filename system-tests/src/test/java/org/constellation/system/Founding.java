package org.constellation.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.provision.Committees;
import org.constellation.platform.provision.MemberFiles;
import org.constellation.platform.provision.NetworkFiles;
import org.constellation.platform.security.BearerToken;
import org.constellation.platform.security.MasterKey;
import org.constellation.platform.security.SecretFile;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.GenesisCodec;
import tools.jackson.databind.json.JsonMapper;

/** Makes a network of four and four members, and a data directory for each of its organisations. */
final class Founding {

  private static final int MEMBERS = 4;
  private static final int CLUSTER = 0;
  private static final long TREASURY_NO0S = 1_000_000_000L;
  private static final int HOLDS_MAX = 100_000;
  private static final List<String> SERVICES =
      List.of(
          "star-service",
          "cluster-consensus-service",
          "galaxy-service",
          "blackhole-ledger",
          "contract-gateway");
  private static final JsonMapper JSON = new JsonMapper();

  private final SecureRandom random = new SecureRandom();
  private final Committees committees = new Committees(random, Ed25519.best());

  /**
   * An organisation.
   *
   * @param data where all of it is
   * @param brokerPort on which its broker is to listen
   * @param members how many facilitators and how many galaxy members are its own
   */
  record Organisation(String name, Path data, int brokerPort, int members) {}

  /**
   * Makes the network, and a treasury for each.
   *
   * @param organisations ascending by name, with four members of each committee among them
   */
  void found(List<Organisation> organisations) throws IOException {
    var cluster = committees.make(Committee.ofCluster(CLUSTER), MEMBERS);
    var galaxy = committees.make(Committee.GALAXY, MEMBERS);
    var stars = new TreeMap<StarId, Genesis.GenesisStar>();
    for (var plan : List.of(cluster.plan(), galaxy.plan())) {
      plan.members()
          .forEach(
              member ->
                  stars.put(member.star(), new Genesis.GenesisStar(member.star(), CLUSTER, 0, 0)));
    }
    for (var organisation : organisations) {
      var treasury = committees.signingKey();
      var star = new StarId(treasury.key().publicKey());
      stars.put(star, new Genesis.GenesisStar(star, CLUSTER, TREASURY_NO0S, HOLDS_MAX));
      SecretFile.create(
          new NetworkFiles(organisation.data()).treasuryKey(), treasury.seed().toArray());
    }
    var genesis =
        GenesisCodec.genesis(
            "local",
            Genesis.Parameters.DEFAULT,
            galaxy.plan(),
            List.of(cluster.plan()),
            List.copyOf(stars.values()),
            organisations.stream()
                .map(one -> new Genesis.Broker(one.name(), "127.0.0.1:" + one.brokerPort()))
                .toList(),
            System.currentTimeMillis());
    var dealt = 0;
    for (var organisation : organisations) {
      for (var number = 1; number <= organisation.members(); number++) {
        var files = new NetworkFiles(organisation.data());
        cluster.write(
            dealt, new MemberFiles(files.facilitator(number)), genesis.network(), Disk.LOCAL);
        galaxy.write(
            dealt, new MemberFiles(files.galaxyMember(number)), genesis.network(), Disk.LOCAL);
        dealt++;
      }
      equip(organisation, genesis);
    }
  }

  private void equip(Organisation organisation, Genesis genesis) throws IOException {
    var files = new NetworkFiles(organisation.data());
    var token = BearerToken.issue(random).reveal() + "\n";
    SecretFile.create(files.operatorToken(), token.getBytes(StandardCharsets.US_ASCII));
    MasterKey.create(files.masterKey(), random);
    for (var service : SERVICES) {
      SecretFile.create(files.serviceKey(service), committees.signingKey().seed().toArray());
    }
    Files.write(files.genesis(), genesis.bytes().toArray());
    // A network lives here, and its broker listens where the genesis says.
    write(
        organisation.data().resolve("constellation.json"),
        Map.of("facilitators", MEMBERS, "galaxies", MEMBERS, "processes", false));
    write(
        organisation.data().resolve("endpoints.json"), Map.of("broker", organisation.brokerPort()));
  }

  private static void write(Path file, Map<String, ?> content) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(content));
  }
}
