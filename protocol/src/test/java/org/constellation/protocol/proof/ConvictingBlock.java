package org.constellation.protocol.proof;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.protocol.wire.VoteCodec;

/**
 * A network whose first block convicts a star of a fork, a galaxy member of a double vote, and two
 * facilitators of two headers; everything is really signed and really executed.
 */
final class ConvictingBlock {

  static final Ed25519 ED25519 = Ed25519.best();

  /** Index of the galaxy member that votes twice. */
  static final int VOTER = 2;

  /** Index of a facilitator that signs two headers. */
  static final int SIGNER = 1;

  private final TestNetwork network =
      TestNetwork.of(1, 1, 2, 1_000, Genesis.Parameters.DEFAULT, ED25519);
  private final Evidence fork = fork();
  private final Evidence doubleVote = new Evidence.DoubleVote(vote("one"), vote("two"));
  private final Evidence twoHeaders = new Evidence.TwoHeaders(head(1, 0, 1, 3), head(2, 1, 2, 3));
  private final LedgerState state;
  private final GalaxyBlock block;

  ConvictingBlock() {
    var evidence = List.of(fork, doubleVote, twoHeaders);
    var content = new GalaxyContent(List.of(), List.of(), evidence, List.of());
    var before = LedgerState.genesis(network.genesis());
    var time = before.time().after(before.time().timeMillis() + 500, 1_000, 8);
    var result =
        BlockExecution.execute(
            before,
            new BlockExecution.Input(1, time, Hash.ZERO, content),
            SegmentCheck.verifying(ED25519));
    state = result.state();
    var header =
        GalaxyCodec.header(
            network.genesis().network(),
            0,
            1,
            GalaxyHeader.genesisOf(network.genesis().network()),
            GalaxyCodec.contentRoot(content),
            GalaxyCodec.receiptsRoot(result.receipts()),
            state.root(),
            result.membership(),
            result.mint(),
            result.eraPlans(),
            result.adoptedTables(),
            Hash.ZERO,
            time,
            List.of(),
            0);
    block =
        new GalaxyBlock(
            header,
            TestNetwork.certificate(network.galaxyKeys(), header.hash()),
            content,
            result.receipts());
  }

  private Evidence fork() {
    var star = network.star(0);
    var head = star.head();
    var one = star.say(TestStar.pay(network.star(1), 1, 10));
    star.goBackTo(0, head);
    return new Evidence.Fork(one, star.say(TestStar.pay(network.star(1), 2, 10)));
  }

  private SignedMessage vote(String value) {
    var key = network.galaxyKeys().get(VOTER);
    var header =
        new Envelope.Header(
            network.genesis().network(), Committee.GALAXY, 0, key.publicKey(), 1, 1);
    var vote =
        new Vote(
            new Vote.Slot(7, 0, Vote.Kind.ECHO, 0),
            Bytes.copyOf(value.getBytes(StandardCharsets.UTF_8)));
    var other = Bytes.copyOf(new byte[] {1});
    return EnvelopeCodec.extract(
        EnvelopeCodec.seal(header, List.of(other, VoteCodec.encode(vote)), key), 1);
  }

  private CertifiedHead head(int time, int... signers) {
    var header =
        CheckpointCodec.header(
            network.genesis().network(),
            0,
            0,
            7,
            Hash.ZERO,
            0,
            new CheckpointBody(List.of(), List.of()),
            List.of(),
            time);
    return new CertifiedHead.OfCheckpoint(
        header, TestNetwork.certificate(network.clusterKeys(0), header.hash(), signers));
  }

  Genesis genesis() {
    return network.genesis();
  }

  Evidence.Fork forkEvidence() {
    return (Evidence.Fork) fork;
  }

  GalaxyBlock block() {
    return block;
  }

  StarId forker() {
    return network.star(0).id();
  }

  PublicKey voter() {
    return network.galaxyKeys().get(VOTER).publicKey();
  }

  PublicKey facilitator(int index) {
    return network.clusterKeys(0).get(index).publicKey();
  }

  EvidenceProof ofFork() {
    return EvidenceProof.of(forker().key(), fork, block).orElseThrow();
  }

  EvidenceProof ofDoubleVote() {
    return EvidenceProof.of(voter(), doubleVote, block).orElseThrow();
  }

  EvidenceProof ofTwoHeaders() {
    return EvidenceProof.of(facilitator(SIGNER), twoHeaders, block).orElseThrow();
  }

  ExclusionProof exclusionOf(StarId star) {
    return ExclusionProof.of(
        star, state.proveExclusion(star), new CertifiedHeader(block.header(), block.certificate()));
  }
}
