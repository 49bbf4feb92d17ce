package org.constellation.star.testgalaxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.platform.provision.MemberFiles;
import org.constellation.platform.provision.NetworkFiles;
import org.constellation.platform.provision.NetworkPlan;
import org.constellation.platform.provision.Provisioning;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.wire.GenesisCodec;

/** A provisioned network and all its keys. */
public final class TestNetwork {

  private static final int MEMBERS = 4;

  private final NetworkFiles files;
  private final Genesis genesis;
  private final List<SigningKey> facilitators;
  private final List<SigningKey> galaxy;

  private TestNetwork(NetworkFiles files) throws IOException {
    this.files = files;
    this.genesis =
        GenesisCodec.decode(Bytes.copyOf(Files.readAllBytes(files.genesis())))
            .toOptional()
            .orElseThrow();
    var first = new ArrayList<SigningKey>();
    var second = new ArrayList<SigningKey>();
    for (var number = 1; number <= MEMBERS; number++) {
      first.add(key(files.facilitator(number)));
      second.add(key(files.galaxyMember(number)));
    }
    this.facilitators = first;
    this.galaxy = second;
  }

  /** Makes a network whose topics begin with its own name. */
  public static TestNetwork create(Path directory, String name, Genesis.Parameters parameters)
      throws IOException {
    var files = new NetworkFiles(directory);
    new Provisioning(files, new SecureRandom())
        .provision(
            new NetworkPlan(
                name,
                MEMBERS,
                MEMBERS,
                parameters,
                System.currentTimeMillis(),
                List.of("star-service")));
    return new TestNetwork(files);
  }

  private static SigningKey key(Path member) throws IOException {
    return new MemberFiles(member).operationalKey();
  }

  public NetworkFiles files() {
    return files;
  }

  public Genesis genesis() {
    return genesis;
  }

  SigningKey facilitator(int number) {
    return facilitators.get(number);
  }

  List<SigningKey> galaxyMembers() {
    return List.copyOf(galaxy);
  }

  Certificate certifyCheckpoint(Hash header) {
    return certify(header, genesis.clusters().getFirst(), facilitators);
  }

  Certificate certifyGalaxy(Hash header) {
    return certify(header, genesis.galaxy(), galaxy);
  }

  private static Certificate certify(Hash header, EraPlan plan, List<SigningKey> keys) {
    Map<Integer, SigningKey> byIndex = new TreeMap<>();
    for (var key : keys) {
      for (var index = 0; index < plan.members().size(); index++) {
        if (plan.members().get(index).operationalKey().equals(key.publicKey())) {
          byIndex.put(index, key);
        }
      }
    }
    var message = Certificate.signedMessage(header);
    return new Certificate(
        byIndex.entrySet().stream()
            .limit(plan.quorum())
            .map(
                entry ->
                    new Certificate.MemberSignature(entry.getKey(), entry.getValue().sign(message)))
            .toList());
  }
}
