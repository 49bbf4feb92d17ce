package org.constellation.protocol.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.protocol.wire.GenesisCodec;

/**
 * A network of four galaxy members whose first block settles a number of payments of 7 no0s, each
 * between two stars of its own; everything is really signed and really executed.
 */
final class SettledBlock {

  static final Ed25519 ED25519 = Ed25519.best();
  static final long BALANCE = 1_000;
  static final long AMOUNT = 7;

  private static final int MEMBERS = 4;
  private static final long START = 1_700_000_000_000L;

  private final Random random = new Random(1);
  private final List<SigningKey> memberKeys = new ArrayList<>();
  private final List<SigningKey> starKeys = new ArrayList<>();
  private final List<Segment> proposals = new ArrayList<>();
  private final List<Segment> agreements = new ArrayList<>();
  private final Genesis genesis;
  private final LedgerState state;
  private final List<Receipt> receipts;
  private final GalaxyContent content;
  private final GalaxyHeader header;

  SettledBlock(int payments) {
    for (var i = 0; i < MEMBERS; i++) {
      memberKeys.add(ED25519.generate(random));
    }
    memberKeys.sort(Comparator.comparing(SigningKey::publicKey));
    for (var i = 0; i < 2 * payments; i++) {
      starKeys.add(ED25519.generate(random));
    }
    this.genesis = genesisOf();
    for (var payment = 0; payment < payments; payment++) {
      settle(starKeys.get(2 * payment), starKeys.get(2 * payment + 1));
    }
    var before = LedgerState.genesis(genesis);
    this.content = new GalaxyContent(List.of(checkpoint()), List.of(), List.of(), List.of());
    var time = before.time().after(START + 500, 1_000, 8);
    var result =
        BlockExecution.execute(
            before,
            new BlockExecution.Input(1, time, Hash.ZERO, content),
            SegmentCheck.verifying(ED25519));
    this.state = result.state();
    this.receipts = result.receipts();
    this.header =
        GalaxyCodec.header(
            genesis.network(),
            0,
            1,
            GalaxyHeader.genesisOf(genesis.network()),
            GalaxyCodec.contentRoot(content),
            GalaxyCodec.receiptsRoot(receipts),
            state.root(),
            result.membership(),
            result.mint(),
            result.eraPlans(),
            result.adoptedTables(),
            Hash.ZERO,
            time,
            execution(),
            2 * payments);
  }

  private Genesis genesisOf() {
    return GenesisCodec.genesis(
        "test",
        Genesis.Parameters.DEFAULT,
        plan(Committee.GALAXY),
        List.of(plan(Committee.ofCluster(0))),
        starKeys.stream()
            .map(key -> new Genesis.GenesisStar(new StarId(key.publicKey()), 0, BALANCE, 0))
            .sorted(Comparator.comparing(Genesis.GenesisStar::star))
            .toList(),
        START);
  }

  private EraPlan plan(Committee committee) {
    var operational =
        committee.equals(Committee.GALAXY)
            ? memberKeys.stream().map(SigningKey::publicKey)
            : Stream.generate(() -> ED25519.generate(random).publicKey()).limit(MEMBERS).sorted();
    var members =
        operational
            .map(key -> new CommitteeMember(TestNetwork.walletOf(key), key, point()))
            .toList();
    var shares = IntStream.range(0, MEMBERS).mapToObj(_ -> point()).toList();
    var keys = new KeySet(Hash.ZERO, 1, point(), shares, List.of(1, 2, 3, 4));
    return new EraPlan(committee, 0, members, keys, 0);
  }

  private Bytes point() {
    var bytes = new byte[33];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  private void settle(SigningKey payer, SigningKey payee) {
    var proposal =
        first(
            payer,
            new Body.Proposal(
                new StarId(payee.publicKey()),
                List.of(new Leg(Leg.Direction.GIVE, AssetId.NO0S, AMOUNT)),
                600,
                new Body.Memo("")));
    proposals.add(signed(payer, proposal));
    agreements.add(signed(payee, first(payee, new Body.Agreement(proposal.id()))));
  }

  private HalfBlock first(SigningKey key, Body body) {
    return ChainCodec.halfBlock(genesis.network(), new StarId(key.publicKey()), 1, Hash.ZERO, body);
  }

  private static Segment signed(SigningKey key, HalfBlock halfBlock) {
    return Segment.of(
        key.publicKey(), List.of(halfBlock), key.sign(Segment.signedMessage(halfBlock.id())));
  }

  private CertifiedCheckpoint checkpoint() {
    var segments = new ArrayList<Segment>();
    for (var i = 0; i < proposals.size(); i++) {
      segments.add(proposals.get(i));
      segments.add(agreements.get(i));
    }
    var body = new CheckpointBody(segments, List.of());
    var checkpointHeader =
        CheckpointCodec.header(
            genesis.network(),
            0,
            0,
            1,
            CheckpointHeader.genesisOf(genesis.network(), 0),
            0,
            body,
            execution(),
            START + 100);
    return new CertifiedCheckpoint(
        checkpointHeader, certificate(checkpointHeader.hash(), 0, 1, 2), body);
  }

  private static List<MemberRecord> execution() {
    return IntStream.range(0, MEMBERS).mapToObj(_ -> new MemberRecord(true, 20, 0, 35)).toList();
  }

  Certificate certificate(Hash headerHash, int... signers) {
    var message = Certificate.signedMessage(headerHash);
    return new Certificate(
        IntStream.of(signers)
            .mapToObj(
                member ->
                    new Certificate.MemberSignature(member, memberKeys.get(member).sign(message)))
            .toList());
  }

  Genesis genesis() {
    return genesis;
  }

  GalaxyHeader header() {
    return header;
  }

  CertifiedHeader certified() {
    return new CertifiedHeader(header, certificate(header.hash(), 0, 2, 3));
  }

  StarId star(int index) {
    return new StarId(starKeys.get(index).publicKey());
  }

  Segment proposal(int payment) {
    return proposals.get(payment);
  }

  Segment agreement(int payment) {
    return agreements.get(payment);
  }

  TransactionProof transactionProof(int payment) {
    return TransactionProof.of(proposals.get(payment), agreements.get(payment), block())
        .orElseThrow();
  }

  GalaxyBlock block() {
    return new GalaxyBlock(header, certified().certificate(), content, receipts);
  }

  BalanceProof balanceProof(StarId star, AssetId asset) {
    return BalanceProof.of(star, asset, state.proveBalance(star, asset), certified());
  }
}
