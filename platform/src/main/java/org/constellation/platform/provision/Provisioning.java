package org.constellation.platform.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.provision.Committees.NewCommittee;
import org.constellation.platform.security.MasterKey;
import org.constellation.platform.security.SecretFile;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.GenesisCodec;

/**
 * Makes a network. The genesis file is written last: until it is there nobody has signed anything,
 * so what an interrupted attempt left behind is thrown away; once it is there nothing is changed
 * but {@link Tokens}.
 */
public final class Provisioning {

  private static final int CLUSTER = 0;

  private final NetworkFiles files;
  private final SecureRandom random;
  private final Committees committees;

  /** Makes networks in {@code files}' directory. */
  public Provisioning(NetworkFiles files, SecureRandom random) {
    this.files = files;
    this.random = random;
    this.committees = new Committees(random, Ed25519.best());
  }

  /**
   * Makes the network, unless the directory has one already.
   *
   * @return whether it was made now
   * @throws IOException if the directory cannot be written
   */
  public boolean provision(NetworkPlan plan) throws IOException {
    if (Files.exists(files.genesis())) {
      Tokens.settle(files, random);
      return false;
    }
    if (Files.exists(files.card())) {
      throw new IOException(files.root() + " has an organisation's keys and joined no network yet");
    }
    WholeFiles.discard(files.members());
    WholeFiles.discard(files.secrets());
    var cluster = committees.make(Committee.ofCluster(CLUSTER), plan.facilitators());
    var galaxy = committees.make(Committee.GALAXY, plan.galaxyMembers());
    var treasury = committees.signingKey();
    var genesis = genesis(plan, cluster, galaxy, new StarId(treasury.key().publicKey()));
    for (var index = 0; index < plan.facilitators(); index++) {
      cluster.write(
          index, new MemberFiles(files.facilitator(index + 1)), genesis.network(), Disk.LOCAL);
    }
    for (var index = 0; index < plan.galaxyMembers(); index++) {
      galaxy.write(
          index, new MemberFiles(files.galaxyMember(index + 1)), genesis.network(), Disk.LOCAL);
    }
    SecretFile.create(files.treasuryKey(), treasury.seed().toArray());
    Tokens.settle(files, random);
    MasterKey.create(files.masterKey(), random);
    for (var service : plan.services()) {
      SecretFile.create(files.serviceKey(service), committees.signingKey().seed().toArray());
    }
    WholeFiles.publish(files.genesis(), genesis.bytes().toArray());
    return true;
  }

  private Genesis genesis(
      NetworkPlan plan, NewCommittee cluster, NewCommittee galaxy, StarId treasury) {
    var stars = new TreeMap<StarId, Genesis.GenesisStar>();
    for (var committee : List.of(cluster, galaxy)) {
      for (var member : committee.members()) {
        var star = member.seat().star();
        stars.put(star, new Genesis.GenesisStar(star, CLUSTER, 0, 0));
      }
    }
    stars.put(
        treasury,
        new Genesis.GenesisStar(
            treasury, CLUSTER, NetworkPlan.TREASURY_NO0S, NetworkPlan.TREASURY_HOLDS_MAX));
    return GenesisCodec.genesis(
        plan.name(),
        plan.parameters(),
        galaxy.plan(),
        List.of(cluster.plan()),
        List.copyOf(stars.values()),
        plan.timeMillis());
  }
}
