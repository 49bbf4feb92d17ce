package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.constellation.consensus.cluster.Checkpoint;
import org.constellation.consensus.galaxy.ExecutedBlock;
import org.constellation.consensus.galaxy.GalaxyRules;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.hylo.Hylo;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.CheckpointCodec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The laws of a HyloChain on what real committees certified: blocks with segments, of members that
 * met over a lossy network. The galaxy's fold is that of its members themselves.
 */
class HyloChainLawsTest {

  private static final int CLUSTERS = 2;
  private static final int STARS = 4;
  private static final int WAVES = 4;

  /** Of every star in each wave; both sides write a half-block. */
  private static final int PAYMENTS = 3;

  private static Genesis genesis;
  private static Galaxy galaxy;
  private static List<Cluster> clusters;

  /** What the galaxy's chain amounts to: its last header's hash, and the ledger. */
  private record Tip(Hash block, LedgerState state) {

    /** The root stands for the state. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Tip that
          && block.equals(that.block)
          && state.root().equals(that.state.root());
    }

    @Override
    public int hashCode() {
      return block.hashCode();
    }
  }

  /** The galaxy's blocks by height; a member judges, executes and hashes each after the last. */
  private record Galaxy(List<CertifiedBlock<ExecutedBlock>> blocks)
      implements Hylo<Long, CertifiedBlock<ExecutedBlock>, Tip> {

    @Override
    public Optional<Step<Long, CertifiedBlock<ExecutedBlock>>> unfold(Long height) {
      return height == 0
          ? Optional.empty()
          : Optional.of(new Step<>(blocks.get((int) (height - 1)), height - 1));
    }

    @Override
    public Tip base() {
      return new Tip(GalaxyHeader.genesisOf(genesis.network()), LedgerState.genesis(genesis));
    }

    @Override
    public Tip fold(CertifiedBlock<ExecutedBlock> block, Tip before) {
      var rules =
          new GalaxyRules(genesis.galaxy(), before.state(), before.block(), MacKey.VERIFIER);
      // As it travels: with the state of nobody.
      var received = rules.decode(block.encoded()).orElseThrow();
      var executed = (Built.Ready<ExecutedBlock>) rules.check(received);
      return new Tip(executed.hash(), executed.block().state());
    }
  }

  /** A cluster's own chain, as its members certified it; the fold is what its headers hash. */
  private record Cluster(EraPlan plan, List<CertifiedBlock<Checkpoint>> blocks)
      implements Hylo<Long, CertifiedBlock<Checkpoint>, Hash> {

    int number() {
      return plan.committee().cluster();
    }

    @Override
    public Optional<Step<Long, CertifiedBlock<Checkpoint>>> unfold(Long round) {
      return round == 0
          ? Optional.empty()
          : Optional.of(new Step<>(blocks.get((int) (round - 1)), round - 1));
    }

    @Override
    public Hash base() {
      return CheckpointHeader.genesisOf(genesis.network(), number());
    }

    @Override
    public Hash fold(CertifiedBlock<Checkpoint> block, Hash before) {
      return hash(block.block(), block.block().header().timeMillis(), before);
    }

    private Hash hash(Checkpoint block, long timeMillis, Hash before) {
      var header = block.header();
      return CheckpointCodec.header(
              genesis.network(),
              number(),
              plan.era(),
              header.round(),
              before,
              header.galaxyHeight(),
              block.body(),
              header.execution(),
              timeMillis)
          .hash();
    }

    boolean isCertified(long round, Hash hash) {
      return CertifiedBlock.isCertified(
          plan, hash, blocks.get((int) (round - 1)).certificate(), MacKey.VERIFIER);
    }
  }

  @BeforeAll
  static void letCommitteesMeet() {
    var world = new VirtualWorld(11, Weather.STORM, CLUSTERS, 4, 4, STARS);
    world.start();
    for (var wave = 0; wave < WAVES; wave++) {
      FullStackTest.pay(world, PAYMENTS);
      assertThat(world.time().runUntil(world::isSettled, 60_000)).isTrue();
    }
    genesis = world.genesis();
    galaxy = new Galaxy(byRound(world.galaxy()));
    clusters =
        IntStream.range(0, CLUSTERS)
            .mapToObj(i -> new Cluster(genesis.clusters().get(i), byRound(world.cluster(i))))
            .toList();
    assertThat(galaxy.blocks().size()).isGreaterThan(WAVES);
  }

  /** Every block that some member certified, from round 1. */
  private static <B, R extends LayerRules<B>> List<CertifiedBlock<B>> byRound(
      VirtualCommittee<B, R> committee) {
    var blocks = new TreeMap<Long, CertifiedBlock<B>>();
    for (var member : committee.members()) {
      member.certified().forEach(block -> blocks.put(block.round(), block));
    }
    assertThat(blocks.lastKey()).isEqualTo(blocks.size());
    return List.copyOf(blocks.values());
  }

  private static long height() {
    return galaxy.blocks().size();
  }

  @Test
  void laws1To3RunIsSteppingAndEveryPrefixIsAChain() {
    var scan = galaxy.scan(height());
    var stepped = galaxy.base();
    for (var height = 0L; height <= height(); height++) {
      if (height > 0) {
        stepped = galaxy.fold(galaxy.blocks().get((int) (height - 1)), stepped);
        assertThat(galaxy.blocks().get((int) (height - 1)).hash()).isEqualTo(stepped.block());
      }
      assertThat(galaxy.run(height)).isEqualTo(scan.get((int) height)).isEqualTo(stepped);
    }
  }

  @Test
  void law6TheGalaxyOverClustersIsTheFlatHistoryWithEveryCertificateChecked() {
    var tip = galaxy.run(height());
    for (var cluster : clusters) {
      var last = tip.state().cluster(cluster.number()).orElseThrow();
      assertThat(last.round()).isPositive();
      assertThat(cluster.run(last.round())).isEqualTo(last.headerHash());

      // Flat: the cluster's own history, every header's certificate checked against the fold.
      var flat = cluster.scan(last.round());
      for (var round = 1L; round <= last.round(); round++) {
        assertThat(cluster.isCertified(round, flat.get((int) round))).isTrue();
      }
      assertThat(inTheGalaxy(cluster.number()).stream().map(one -> one.header().hash()))
          .isEqualTo(flat.subList(1, flat.size()));
    }
    var halfBlocks =
        clusters.stream()
            .flatMap(cluster -> inTheGalaxy(cluster.number()).stream())
            .mapToInt(checkpoint -> checkpoint.header().count())
            .sum();
    assertThat(halfBlocks)
        .as("half-blocks of the stars' payments")
        .isEqualTo(2 * STARS * WAVES * PAYMENTS);
    var folded = galaxy.scan(height());
    for (var block : galaxy.blocks()) {
      assertThat(
              CertifiedBlock.isCertified(
                  genesis.galaxy(),
                  folded.get((int) block.round()).block(),
                  block.certificate(),
                  MacKey.VERIFIER))
          .isTrue();
    }
  }

  private static List<CertifiedCheckpoint> inTheGalaxy(int cluster) {
    var checkpoints = new ArrayList<CertifiedCheckpoint>();
    for (var block : galaxy.blocks()) {
      for (var checkpoint : block.block().content().checkpoints()) {
        if (checkpoint.header().cluster() == cluster) {
          checkpoints.add(checkpoint);
        }
      }
    }
    return checkpoints;
  }

  @Test
  void law6NoCertificateCoversAnotherHistory() {
    for (var cluster : clusters) {
      var rounds = (long) cluster.blocks().size();
      var scan = cluster.scan(rounds);
      for (var altered = 1L; altered <= rounds; altered++) {
        var block = cluster.blocks().get((int) (altered - 1)).block();
        var hash =
            cluster.hash(block, block.header().timeMillis() + 1, scan.get((int) altered - 1));
        for (var round = altered; round <= rounds; round++) {
          hash =
              round == altered ? hash : cluster.fold(cluster.blocks().get((int) (round - 1)), hash);
          assertThat(hash).isNotEqualTo(scan.get((int) round));
          assertThat(cluster.isCertified(round, hash)).isFalse();
        }
      }
    }
  }
}
