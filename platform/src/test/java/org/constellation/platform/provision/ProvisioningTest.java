package org.constellation.platform.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.journal.Owner;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.wire.Decoded;
import org.constellation.protocol.wire.GenesisCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisioningTest {

  private static final NetworkPlan PLAN =
      new NetworkPlan("test", 4, 7, Genesis.Parameters.DEFAULT, 1_000, List.of("star-service"));

  @TempDir private Path root;
  private NetworkFiles files;
  private Provisioning provisioning;

  @BeforeEach
  void prepare() {
    files = new NetworkFiles(root);
    provisioning = new Provisioning(files, new SecureRandom());
  }

  @Test
  void givesEveryMemberItsSeatItsShareAndAnEmptyJournal() throws Exception {
    assertThat(provisioning.provision(PLAN)).isTrue();
    var genesis = genesis();
    for (var number = 1; number <= 4; number++) {
      takesItsSeat(genesis, genesis.clusters().getFirst(), files.facilitator(number), number - 1);
    }
    for (var number = 1; number <= 7; number++) {
      takesItsSeat(genesis, genesis.galaxy(), files.galaxyMember(number), number - 1);
    }
  }

  private static void takesItsSeat(Genesis genesis, EraPlan plan, Path directory, int index)
      throws Exception {
    var member = new MemberFiles(directory);
    var key = member.operationalKey();
    assertThat(plan.members().get(index).operationalKey()).isEqualTo(key.publicKey());
    var scope = new CoinScope("test", 1, 0, plan.keySet().id(), 0, 1);
    assertThat(member.coin(plan, index).toss(scope.name(0, 0))).isNotNull();
    var opened =
        Journal.open(Disk.LOCAL, member.journal(), new Owner(genesis.network(), key.publicKey()));
    try (var _ = opened.journal()) {
      assertThat(opened.records()).isEmpty();
    }
  }

  @Test
  void refusesAShareThatIsAnothersOrAnotherCommittees() throws Exception {
    provisioning.provision(PLAN);
    var genesis = genesis();
    var first = new MemberFiles(files.facilitator(1));
    assertThatThrownBy(() -> first.coin(genesis.clusters().getFirst(), 1))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> first.coin(genesis.galaxy(), 0)).isInstanceOf(IOException.class);
  }

  @Test
  void leavesANetworkThatIsThereAlone() throws Exception {
    provisioning.provision(PLAN);
    var before = Files.readAllBytes(files.genesis());
    assertThat(provisioning.provision(PLAN)).isFalse();
    assertThat(Files.readAllBytes(files.genesis())).isEqualTo(before);
  }

  @Test
  void beginsAnewWhereAnAttemptWasInterrupted() throws Exception {
    provisioning.provision(PLAN);
    Files.delete(files.genesis());
    assertThat(provisioning.provision(PLAN)).isTrue();
    takesItsSeat(genesis(), genesis().galaxy(), files.galaxyMember(1), 0);
  }

  @Test
  void showsSecretsToTheirOwnerOnly() throws Exception {
    provisioning.provision(PLAN);
    for (var secret :
        List.of(
            files.treasuryKey(),
            files.masterKey(),
            files.operatorToken(),
            files.operatorHash(),
            files.treasuryToken(),
            files.treasuryHash(),
            files.serviceKey("star-service"),
            new MemberFiles(files.facilitator(1)).coinShareFile())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .as("%s", secret)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void refusesCommitteesOfNoOrTooManyMembers() {
    for (var count : List.of(0, -1, NetworkPlan.MEMBERS_MAX + 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new NetworkPlan("test", count, 4, Genesis.Parameters.DEFAULT, 0, List.of()));
    }
  }

  private Genesis genesis() throws IOException {
    var bytes = Bytes.copyOf(Files.readAllBytes(files.genesis()));
    return ((Decoded.Valid<Genesis>) GenesisCodec.decode(bytes)).value();
  }
}
