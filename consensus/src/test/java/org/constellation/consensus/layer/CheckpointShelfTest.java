package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.constellation.consensus.galaxy.GalaxyRules;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GenesisCodec;
import org.junit.jupiter.api.Test;

/** What a galaxy member keeps of the checkpoints that come to it. */
class CheckpointShelfTest {

  private static final int CLUSTERS = 5;

  private final List<EraPlan> clusters =
      IntStream.range(0, CLUSTERS).mapToObj(CheckpointShelfTest::plan).toList();
  private final Genesis genesis =
      GenesisCodec.genesis(
          "sim",
          Genesis.Parameters.DEFAULT,
          VirtualCommittee.plan(Committee.GALAXY, VirtualCommittee.keys(Committee.GALAXY, 4)),
          clusters,
          Stream.of(MacKey.of("star", 1))
              .map(key -> VirtualStar.genesis(key, 0))
              .sorted(Comparator.comparing(Genesis.GenesisStar::star))
              .toList(),
          0);
  private final LedgerState first = LedgerState.genesis(genesis);
  private final GalaxyRules rules =
      new GalaxyRules(
          genesis.galaxy(), first, GalaxyHeader.genesisOf(genesis.network()), MacKey.VERIFIER);

  private static EraPlan plan(int cluster) {
    var committee = Committee.ofCluster(cluster);
    return VirtualCommittee.plan(committee, VirtualCommittee.keys(committee, 4));
  }

  private CertifiedCheckpoint checkpoint(int cluster, long round, Hash previous, long timeMillis) {
    var body = new CheckpointBody(List.of(), List.of());
    var header =
        CheckpointCodec.header(
            genesis.network(),
            cluster,
            0,
            round,
            previous,
            0,
            body,
            Collections.nCopies(4, new MemberRecord(false, 0, 0, 0)),
            timeMillis);
    var keys = VirtualCommittee.keys(Committee.ofCluster(cluster), 4);
    var message = Certificate.signedMessage(header.hash());
    var signatures =
        IntStream.range(0, 3)
            .mapToObj(i -> new Certificate.MemberSignature(i, keys.get(i).sign(message)))
            .toList();
    return new CertifiedCheckpoint(header, new Certificate(signatures), body);
  }

  private List<CertifiedCheckpoint> run(int cluster, int length) {
    var run = new ArrayList<CertifiedCheckpoint>();
    var previous = first.cluster(cluster).orElseThrow().headerHash();
    for (var round = 1; round <= length; round++) {
      run.add(checkpoint(cluster, round, previous, round));
      previous = run.getLast().header().hash();
    }
    return run;
  }

  private static Bytes bytes(CertifiedCheckpoint checkpoint) {
    return CheckpointCodec.encode(checkpoint);
  }

  private Bytes proposal() {
    return rules.propose(new ProposalContext(1, Hash.ZERO, 0, Collections.nCopies(4, 0), 0));
  }

  @Test
  void namesNoMoreThanAPayloadMay() {
    for (var cluster = 0; cluster < CLUSTERS; cluster++) {
      run(cluster, 256).forEach(one -> rules.offerBody(bytes(one)));
    }
    assertThat(rules.poolSize()).isEqualTo(CLUSTERS * 256);
    assertThat(rules.examine(proposal()))
        .isInstanceOfSatisfying(
            Examined.Valid.class,
            valid ->
                assertThat(valid.references())
                    .hasSizeBetween(500, LayerLimits.CHECKPOINTS_NAMED_MAX));
  }

  @Test
  void takesFewOfOneRoundAndNoneFromFarAhead() {
    for (var variant = 1; variant <= 20; variant++) {
      rules.offerBody(bytes(checkpoint(0, 5, Hash.ZERO, variant)));
    }
    rules.offerBody(bytes(checkpoint(0, 300, Hash.ZERO, 1)));
    assertThat(rules.poolSize()).isEqualTo(2);
  }

  @Test
  void storesOfWhatWasPulledOnlyWhatWasAskedFor() {
    var asked = checkpoint(0, 300, Hash.ZERO, 1);
    var other = checkpoint(0, 301, Hash.ZERO, 1);
    assertThat(rules.takeBody(asked.header().hash(), bytes(other))).isFalse();
    assertThat(rules.body(other.header().hash())).isEmpty();
    assertThat(rules.takeBody(asked.header().hash(), bytes(asked))).isTrue();
    assertThat(rules.body(asked.header().hash())).isPresent();
  }

  @Test
  void keepsAfterARestartWhatAnOpenRoundNamesAlthoughItIsFinal() {
    var world = new VirtualWorld(1, Weather.CALM, 1, 4, 4, 2);
    world.start();
    world.time().runUntil(() -> world.galaxy().certifiedEverywhere() >= 12, 60_000);
    var blocks = world.galaxy().member(0).certified();
    var newest = blocks.getLast();
    var before = blocks.get(blocks.size() - 2);
    var justFinal =
        blocks.stream()
            .flatMap(block -> block.block().content().checkpoints().stream())
            .reduce((_, later) -> later)
            .orElseThrow();
    var restarted =
        new GalaxyRules(
            VirtualCommittee.plan(Committee.GALAXY, VirtualCommittee.keys(Committee.GALAXY, 4)),
            before.block().state(),
            before.hash(),
            MacKey.VERIFIER);
    assertThat(restarted.takeBody(justFinal.header().hash(), bytes(justFinal))).isTrue();
    restarted.append(newest.round(), newest.hash(), newest.block());
    restarted.certified(newest);
    assertThat(restarted.body(justFinal.header().hash())).isPresent();
    assertThat(
            restarted.offerBody(
                bytes(
                    blocks.stream()
                        .flatMap(block -> block.block().content().checkpoints().stream())
                        .findFirst()
                        .orElseThrow())))
        .isInstanceOf(Offered.Refused.class);
  }
}
