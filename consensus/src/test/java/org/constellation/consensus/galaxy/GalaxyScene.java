package org.constellation.consensus.galaxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.constellation.consensus.layer.AgreedProposal;
import org.constellation.consensus.layer.BuildInput;
import org.constellation.consensus.layer.Built;
import org.constellation.consensus.layer.Examined;
import org.constellation.consensus.layer.Offered;
import org.constellation.consensus.layer.ProposalContext;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.testkit.HashedSignatures;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.VoteCodec;

/**
 * One member of a galaxy of four over three clusters, that builds blocks of what a test lets them
 * agree.
 */
final class GalaxyScene {

  static final int MEMBERS = 4;
  static final int CLUSTERS = 3;
  static final long TICK_MILLIS = 1_000;

  private final TestNetwork network =
      TestNetwork.of(
          1,
          CLUSTERS,
          6,
          TestNetwork.BALANCE,
          new Genesis.Parameters(TICK_MILLIS, 8, 100, 50, 3, 3, 1_000, 64),
          new HashedSignatures());
  private final GalaxyRules rules =
      new GalaxyRules(
          network.genesis().galaxy(),
          LedgerState.genesis(network.genesis()),
          GalaxyHeader.genesisOf(network.genesis().network()),
          network.scheme());
  private final TreeMap<Integer, CheckpointHeader> tips = new TreeMap<>();

  GalaxyRules rules() {
    return rules;
  }

  TestNetwork network() {
    return network;
  }

  /** A star at home in a cluster. */
  TestStar star(int cluster) {
    return network.star(cluster);
  }

  LedgerTime time() {
    return rules.state().time();
  }

  /** The cluster's next certified checkpoint, whoever holds it. */
  CertifiedCheckpoint checkpoint(int cluster, Segment... segments) {
    var last = tips.get(cluster);
    var checkpoint =
        checkpoint(
            cluster,
            last == null ? 1 : last.round() + 1,
            last == null
                ? CheckpointHeader.genesisOf(network.genesis().network(), cluster)
                : last.hash(),
            segments);
    tips.put(cluster, checkpoint.header());
    return checkpoint;
  }

  /** A certified checkpoint anywhere. */
  CertifiedCheckpoint checkpoint(int cluster, long round, Hash previous, Segment... segments) {
    var body = new CheckpointBody(List.of(segments), List.of());
    var header =
        CheckpointCodec.header(
            network.genesis().network(),
            cluster,
            0,
            round,
            previous,
            0,
            body,
            List.of(),
            1_000_000 + round);
    return new CertifiedCheckpoint(header, network.certificate(cluster, header.hash()), body);
  }

  /** The same checkpoint with the signatures of these members, ascending. */
  CertifiedCheckpoint signedBy(CertifiedCheckpoint checkpoint, int... members) {
    var header = checkpoint.header();
    var keys = network.clusterKeys(header.cluster());
    return new CertifiedCheckpoint(
        header, TestNetwork.certificate(keys, header.hash(), members), checkpoint.body());
  }

  /** What this member says to a checkpoint that somebody sends. */
  Offered offer(CertifiedCheckpoint checkpoint) {
    return rules.offerBody(CheckpointCodec.encode(checkpoint));
  }

  /** Whether this member would take a payload for one of a correct member. */
  Examined examined(Batch batch) {
    return rules.examine(batch.encode());
  }

  /** This member holds the checkpoint, as everybody does who votes for a proposal with it. */
  CertifiedCheckpoint hold(CertifiedCheckpoint checkpoint) {
    assertThat(rules.offerBody(CheckpointCodec.encode(checkpoint)))
        .isInstanceOf(Offered.Held.class);
    return checkpoint;
  }

  /** A proposal that extends the tip and holds nothing. */
  Batch batch() {
    return new Batch(rules.tip().hash(), time().timeMillis() + 1);
  }

  /** The block after the tip. */
  ExecutedBlock block(Agreed... agreed) {
    return ready(agreed).block();
  }

  private Built.Ready<ExecutedBlock> ready(Agreed... agreed) {
    var proposals = new ArrayList<AgreedProposal>();
    for (var one : agreed) {
      proposals.add(new AgreedProposal(one.member(), one.batch().encode()));
    }
    var tip = rules.tip();
    var input = new BuildInput(tip.round() + 1, tip.hash(), proposals, Hash.ZERO);
    return (Built.Ready<ExecutedBlock>) rules.build(input);
  }

  /** Makes the block after the tip the tip. */
  ExecutedBlock append(Agreed... agreed) {
    var ready = ready(agreed);
    rules.append(ready.block().header().height(), ready.hash(), ready.block());
    return ready.block();
  }

  /** What this member would propose itself. */
  GalaxyProposal proposed() {
    var tip = rules.tip();
    var lateness = Collections.nCopies(MEMBERS, 0);
    var now = time().timeMillis() + 1;
    var payload = rules.propose(new ProposalContext(tip.round() + 1, tip.hash(), now, lateness, 0));
    return GalaxyProposalCodec.decode(payload).toOptional().orElseThrow();
  }

  /** Two echoes of one member in one slot. */
  Evidence.DoubleVote doubleVote(SigningKey key, Committee committee, long era) {
    return new Evidence.DoubleVote(
        echo(key, committee, era, (byte) 1), echo(key, committee, era, (byte) 2));
  }

  private SignedMessage echo(SigningKey key, Committee committee, long era, byte value) {
    var network = this.network.genesis().network();
    var header = new Envelope.Header(network, committee, era, key.publicKey(), 1, 1);
    var vote =
        VoteCodec.encode(
            new Vote(new Vote.Slot(1, 0, Vote.Kind.ECHO, 0), Bytes.copyOf(new byte[] {value, 0})));
    return EnvelopeCodec.extract(EnvelopeCodec.seal(header, List.of(vote), key), 0);
  }

  static Agreed by(int member, Batch batch) {
    return new Agreed(member, batch);
  }

  record Agreed(int member, Batch batch) {}

  /** A proposal in the making. */
  static final class Batch {

    private Hash previous;
    private long time;
    private List<Integer> lateness = Collections.nCopies(MEMBERS, 0);
    private List<Hash> checkpoints = List.of();
    private List<Notice> notices = List.of();
    private List<Evidence> evidence = List.of();

    private Batch(Hash previous, long time) {
      this.previous = previous;
      this.time = time;
    }

    Batch after(Hash block) {
      previous = block;
      return this;
    }

    Batch at(long timeMillis) {
      time = timeMillis;
      return this;
    }

    Batch late(Integer... millis) {
      lateness = List.of(millis);
      return this;
    }

    Batch naming(CertifiedCheckpoint... named) {
      checkpoints = List.of(named).stream().map(one -> one.header().hash()).toList();
      return this;
    }

    Batch carrying(Notice... carried) {
      notices = List.of(carried);
      return this;
    }

    Batch accusing(Evidence... pieces) {
      evidence = List.of(pieces);
      return this;
    }

    private Bytes encode() {
      return GalaxyProposalCodec.encode(
          new GalaxyProposal(previous, time, lateness, checkpoints, notices, evidence, List.of()));
    }
  }
}
