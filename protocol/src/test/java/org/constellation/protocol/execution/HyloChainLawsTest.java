package org.constellation.protocol.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.hylo.Hylo;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of a HyloChain on the real blocks of both layers, whose fold is execution itself. */
class HyloChainLawsTest {

  private static final int BLOCKS = 12;

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

  /** The galaxy: its batches are what was agreed per height, its fold executes and hashes. */
  private record Galaxy(TestNetwork network, List<BlockExecution.Input> inputs)
      implements Hylo<Integer, BlockExecution.Input, Tip> {

    @Override
    public Optional<Step<Integer, BlockExecution.Input>> unfold(Integer height) {
      return height == 0
          ? Optional.empty()
          : Optional.of(new Step<>(inputs.get(height - 1), height - 1));
    }

    @Override
    public Tip base() {
      var genesis = network.genesis();
      return new Tip(GalaxyHeader.genesisOf(genesis.network()), LedgerState.genesis(genesis));
    }

    @Override
    public Tip fold(BlockExecution.Input input, Tip before) {
      var result =
          BlockExecution.execute(before.state(), input, SegmentCheck.verifying(network.scheme()));
      var header =
          GalaxyCodec.header(
              network.genesis().network(),
              0,
              input.height(),
              before.block(),
              GalaxyCodec.contentRoot(input.content()),
              GalaxyCodec.receiptsRoot(result.receipts()),
              result.state().root(),
              result.membership(),
              result.mint(),
              result.eraPlans(),
              result.adoptedTables(),
              input.beacon(),
              input.time(),
              List.of(),
              0);
      return new Tip(header.hash(), result.state());
    }
  }

  /** A cluster: its fold hashes what its header says about a body. */
  private record Cluster(List<CertifiedCheckpoint> checkpoints, Hash network, int number)
      implements Hylo<Integer, CertifiedCheckpoint, Hash> {

    @Override
    public Optional<Step<Integer, CertifiedCheckpoint>> unfold(Integer round) {
      return round == 0
          ? Optional.empty()
          : Optional.of(new Step<>(checkpoints.get(round - 1), round - 1));
    }

    @Override
    public Hash base() {
      return CheckpointHeader.genesisOf(network, number);
    }

    @Override
    public Hash fold(CertifiedCheckpoint checkpoint, Hash before) {
      var header = checkpoint.header();
      return CheckpointCodec.header(
              network,
              number,
              header.era(),
              header.round(),
              before,
              header.galaxyHeight(),
              checkpoint.body(),
              header.execution(),
              header.timeMillis())
          .hash();
    }
  }

  private static Galaxy drawn(long seed) {
    var history = new RandomHistory(seed);
    var inputs = new ArrayList<BlockExecution.Input>();
    for (var i = 0; i < BLOCKS; i++) {
      var draft = history.next();
      inputs.add(draft.input());
      draft.execute();
    }
    return new Galaxy(history.network(), inputs);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void laws1To3RunIsSteppingAndEveryPrefixIsAChain(long seed) {
    var galaxy = drawn(seed);
    var scan = galaxy.scan(BLOCKS);
    var stepped = galaxy.base();
    for (var height = 0; height <= BLOCKS; height++) {
      if (height > 0) {
        stepped = galaxy.fold(galaxy.inputs().get(height - 1), stepped);
        assertThat(galaxy.run(height))
            .isEqualTo(galaxy.fold(galaxy.inputs().get(height - 1), galaxy.run(height - 1)));
      }
      assertThat(galaxy.run(height)).isEqualTo(scan.get(height)).isEqualTo(stepped);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void law4TheOrderAndRepetitionOfNoticesInABlockChangeNothing(long seed) {
    var network = TestNetwork.small();
    var random = new Random(seed);
    var notices = new ArrayList<Notice>();
    for (var star : network.stars()) {
      notices.add(star.notice(1 + random.nextInt(9), new Notice.CheckIn(1, Hash.ZERO)));
      notices.add(star.notice(20, new Notice.CheckIn(2, Hash.ZERO)));
      notices.add(star.notice(1, new Notice.Relocation(0, List.of(0, 1))));
    }
    var expected = new TestLedger(network).run(notices.toArray(Notice[]::new));
    var heard = new ArrayList<>(notices);
    heard.addAll(notices.subList(0, random.nextInt(notices.size())));
    Collections.shuffle(heard, random);
    var again = new TestLedger(network).run(heard.toArray(Notice[]::new));
    assertThat(again.receipts()).isEqualTo(expected.receipts());
    assertThat(again.state().root()).isEqualTo(expected.state().root());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void law5OneChangedHalfBlockChangesEveryLaterBlockAndNoEarlierOne(long seed) {
    var galaxy = drawn(seed);
    var scan = galaxy.scan(BLOCKS);
    for (var height = 1; height <= BLOCKS; height++) {
      var inputs = new ArrayList<>(galaxy.inputs());
      inputs.set(height - 1, withOneMore(galaxy, inputs.get(height - 1)));
      // Later checkpoints of that cluster no longer follow: only blocks up to here can be compared.
      var altered = new Galaxy(galaxy.network(), inputs).scan(height);
      for (var k = 0; k <= height; k++) {
        assertThat(altered.get(k).equals(scan.get(k))).isEqualTo(k < height);
      }
      if (height < BLOCKS) {
        var next = withoutCheckpoints(galaxy.inputs().get(height));
        assertThat(galaxy.fold(next, altered.get(height)).block())
            .isNotEqualTo(galaxy.fold(next, scan.get(height)).block());
      }
    }
  }

  /** The same block, but its last checkpoint has one half-block more. */
  private static BlockExecution.Input withOneMore(Galaxy galaxy, BlockExecution.Input input) {
    var checkpoints = new ArrayList<>(input.content().checkpoints());
    var last = checkpoints.removeLast();
    var segments = new ArrayList<>(last.body().segments());
    segments.add(
        galaxy.network().newStar().say(new Body.CompositionRegistration("more", Bytes.EMPTY)));
    var body = new CheckpointBody(segments, last.body().evidence());
    var header = last.header();
    var altered =
        CheckpointCodec.header(
            header.network(),
            header.cluster(),
            header.era(),
            header.round(),
            header.previous(),
            header.galaxyHeight(),
            body,
            header.execution(),
            header.timeMillis());
    checkpoints.add(new CertifiedCheckpoint(altered, last.certificate(), body));
    return with(input, checkpoints);
  }

  private static BlockExecution.Input withoutCheckpoints(BlockExecution.Input input) {
    return with(input, List.of());
  }

  private static BlockExecution.Input with(
      BlockExecution.Input input, List<CertifiedCheckpoint> checkpoints) {
    var content = input.content();
    return new BlockExecution.Input(
        input.height(),
        input.time(),
        input.beacon(),
        new GalaxyContent(checkpoints, content.notices(), content.evidence(), content.votes()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void law6TheGalaxyOverClustersIsTheFlatHistoryOfEachClustersFold(long seed) {
    var galaxy = drawn(seed);
    var tip = galaxy.run(BLOCKS);
    for (var number : tip.state().clusters()) {
      var flat =
          galaxy.inputs().stream()
              .flatMap(input -> input.content().checkpoints().stream())
              .filter(checkpoint -> checkpoint.header().cluster() == number)
              .toList();
      var cluster = new Cluster(flat, galaxy.network().genesis().network(), number);
      assertThat(cluster.run(flat.size()))
          .isEqualTo(tip.state().cluster(number).orElseThrow().headerHash());
      assertThat(cluster.scan(flat.size()).subList(1, flat.size() + 1))
          .isEqualTo(flat.stream().map(checkpoint -> checkpoint.header().hash()).toList());
    }
  }
}
