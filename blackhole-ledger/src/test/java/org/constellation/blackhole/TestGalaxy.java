package org.constellation.blackhole;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.protocol.wire.GenesisCodec;

/** Four members with known keys who execute and certify what a test tells them to. */
public final class TestGalaxy {

  /** What every star has in the beginning. */
  public static final long BALANCE = 1_000_000;

  private static final Ed25519 ED25519 = Ed25519.best();
  private static final int MEMBERS = 4;
  private static final int POINT_BYTES = 33;
  private static final long START = 1_700_000_000_000L;

  private final List<SigningKey> members = new ArrayList<>();
  private final List<TestStar> stars = new ArrayList<>();
  private final Genesis genesis;
  private final List<FollowedBlock> blocks = new ArrayList<>();
  private LedgerState state;
  private Hash previous;
  private Hash previousCheckpoint;
  private long round;

  /**
   * @param name of the network; the same name and seed make the same network
   */
  public TestGalaxy(String name, int starCount, long seed) {
    var random = new Random(seed);
    IntStream.range(0, MEMBERS).forEach(_ -> members.add(ED25519.generate(random)));
    members.sort(Comparator.comparing(SigningKey::publicKey));
    var keys = IntStream.range(0, starCount).mapToObj(_ -> ED25519.generate(random)).toList();
    genesis =
        GenesisCodec.genesis(
            name,
            Genesis.Parameters.DEFAULT,
            plan(Committee.GALAXY),
            List.of(plan(Committee.ofCluster(0))),
            keys.stream()
                .map(key -> new Genesis.GenesisStar(new StarId(key.publicKey()), 0, BALANCE, 0))
                .sorted(Comparator.comparing(Genesis.GenesisStar::star))
                .toList(),
            START);
    keys.forEach(key -> stars.add(new TestStar(genesis.network(), key)));
    state = LedgerState.genesis(genesis);
    previous = GalaxyHeader.genesisOf(genesis.network());
    previousCheckpoint = CheckpointHeader.genesisOf(genesis.network(), 0);
  }

  private EraPlan plan(Committee committee) {
    var point = Bytes.copyOf(new byte[POINT_BYTES]);
    var operational =
        committee.equals(Committee.GALAXY)
            ? members.stream().map(SigningKey::publicKey)
            : IntStream.range(0, MEMBERS).mapToObj(i -> PublicKey.of(draw("cluster", i))).sorted();
    var seats =
        operational
            .map(key -> new CommitteeMember(StarId.of(draw("wallet " + key, 0)), key, point))
            .toList();
    var keySet =
        new KeySet(Hash.ZERO, 1, point, Collections.nCopies(MEMBERS, point), List.of(1, 2, 3, 4));
    return new EraPlan(committee, 0, seats, keySet, 0);
  }

  /** A key that nobody has. */
  private static byte[] draw(String name, long number) {
    return Hashing.tagged("CSTL-V1-TEST-KEY").text(name).number(number).finish().toBytes();
  }

  public Genesis genesis() {
    return genesis;
  }

  public SigningKey member(int index) {
    return members.get(index);
  }

  public TestStar star(int index) {
    return stars.get(index);
  }

  public LedgerState state() {
    return state;
  }

  /** The block of a height. */
  public FollowedBlock block(long height) {
    return blocks.get((int) height - 1);
  }

  /** Certifies a block with these segments in one checkpoint, a second after the last one. */
  public FollowedBlock certify(Segment... segments) {
    return certify(1, List.of(), segments);
  }

  /** The same with evidence, and after {@code ticks} empty blocks of a second each. */
  public FollowedBlock certify(int ticks, List<Evidence> evidence, Segment... segments) {
    for (var tick = 1; tick < ticks; tick++) {
      add(new GalaxyContent(List.of(), List.of(), List.of(), List.of()));
    }
    var checkpoints =
        segments.length == 0
            ? List.<CertifiedCheckpoint>of()
            : List.of(checkpoint(new CheckpointBody(List.of(segments), List.of())));
    return add(new GalaxyContent(checkpoints, List.of(), evidence, List.of()));
  }

  /** Certifies these segments without checking who signed them. */
  public FollowedBlock certifyBlindly(Segment... segments) {
    var body = new CheckpointBody(List.of(segments), List.of());
    return add(
        new GalaxyContent(List.of(checkpoint(body)), List.of(), List.of(), List.of()),
        SegmentCheck.certified(ED25519));
  }

  private CertifiedCheckpoint checkpoint(CheckpointBody body) {
    var header =
        CheckpointCodec.header(
            genesis.network(),
            0,
            0,
            ++round,
            previousCheckpoint,
            state.height(),
            body,
            records(),
            state.time().timeMillis());
    previousCheckpoint = header.hash();
    return new CertifiedCheckpoint(header, certificate(header.hash()), body);
  }

  private FollowedBlock add(GalaxyContent content) {
    return add(content, SegmentCheck.verifying(ED25519));
  }

  private FollowedBlock add(GalaxyContent content, SegmentCheck checks) {
    var parameters = genesis.parameters();
    var time =
        state
            .time()
            .after(
                state.time().timeMillis() + parameters.tickMillis(),
                parameters.tickMillis(),
                parameters.ticksPerBlockMax());
    var result =
        BlockExecution.execute(
            state, new BlockExecution.Input(state.height() + 1, time, Hash.ZERO, content), checks);
    var header =
        GalaxyCodec.header(
            genesis.network(),
            0,
            result.state().height(),
            previous,
            GalaxyCodec.contentRoot(content),
            GalaxyCodec.receiptsRoot(result.receipts()),
            result.state().root(),
            result.membership(),
            result.mint(),
            result.eraPlans(),
            result.adoptedTables(),
            Hash.ZERO,
            time,
            records(),
            halfBlocks(content));
    state = result.state();
    previous = header.hash();
    var block = new GalaxyBlock(header, certificate(header.hash()), content, result.receipts());
    blocks.add(new FollowedBlock(block, GalaxyCodec.encode(block), Optional.of(state)));
    return blocks.getLast();
  }

  private static int halfBlocks(GalaxyContent content) {
    return content.checkpoints().stream()
        .flatMap(checkpoint -> checkpoint.body().segments().stream())
        .mapToInt(segment -> segment.halfBlocks().size())
        .sum();
  }

  private static List<MemberRecord> records() {
    return Collections.nCopies(MEMBERS, new MemberRecord(true, 0, 0, 0));
  }

  private Certificate certificate(Hash header) {
    var message = Certificate.signedMessage(header);
    return new Certificate(
        IntStream.range(0, MEMBERS - 1)
            .mapToObj(
                member ->
                    new Certificate.MemberSignature(member, members.get(member).sign(message)))
            .toList());
  }
}
