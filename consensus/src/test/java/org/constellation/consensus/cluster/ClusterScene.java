package org.constellation.consensus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.constellation.consensus.layer.AgreedProposal;
import org.constellation.consensus.layer.BuildInput;
import org.constellation.consensus.layer.Built;
import org.constellation.consensus.layer.ProposalContext;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.ChainCodec;

/**
 * One member of a cluster of four, so f is 1, that builds blocks of what a test lets them agree.
 */
final class ClusterScene {

  static final int MEMBERS = 4;
  static final int CLUSTER = 0;

  /** When every proposal was made that does not say otherwise. */
  static final long TIME = 2_000_000;

  private final TestNetwork network = TestNetwork.small();
  private final TestLedger ledger = new TestLedger(network);
  private final EraPlan plan = network.genesis().clusters().get(CLUSTER);
  private final ClusterRules rules =
      new ClusterRules(plan, LedgerState.genesis(network.genesis()), network.scheme());

  ClusterRules rules() {
    return rules;
  }

  TestNetwork network() {
    return network;
  }

  /** A star at home here. */
  TestStar star(int number) {
    return network.star(2 * number);
  }

  /** The galaxy makes blocks up to a height, and this member executes them. */
  void executeUpTo(long height) {
    while (ledger.state().height() < height) {
      ledger.block().execute();
      rules.learn(ledger.state());
    }
  }

  /** The galaxy makes one block, and this member executes it. */
  void execute(UnaryOperator<TestLedger.Draft> content) {
    content.apply(ledger.block()).execute();
    rules.learn(ledger.state());
  }

  /** What this member would propose itself. */
  ClusterProposal proposed() {
    var tip = rules.tip();
    var lateness = Collections.nCopies(MEMBERS, 0);
    var payload =
        rules.propose(new ProposalContext(tip.round() + 1, tip.hash(), TIME, lateness, 0));
    return ClusterProposalCodec.decode(payload).toOptional().orElseThrow();
  }

  /** This member holds the segment's body, as everybody does who votes for a proposal with it. */
  Segment hold(Segment segment) {
    assertThat(rules.takeBody(segment.reference(), ChainCodec.encode(segment))).isTrue();
    return segment;
  }

  /** A proposal that extends the tip and holds nothing. */
  Batch batch() {
    return new Batch(rules.tip().hash());
  }

  /** The block after the tip. */
  Built<Checkpoint> build(Agreed... agreed) {
    var proposals = new ArrayList<AgreedProposal>();
    for (var one : agreed) {
      proposals.add(new AgreedProposal(one.member(), one.batch().encode()));
    }
    var tip = rules.tip();
    return rules.build(new BuildInput(tip.round() + 1, tip.hash(), proposals, Hash.ZERO));
  }

  /** The block after the tip, which must be ready. */
  Checkpoint block(Agreed... agreed) {
    return ((Built.Ready<Checkpoint>) build(agreed)).block();
  }

  /** Makes the block after the tip the tip. */
  Checkpoint append(Agreed... agreed) {
    var ready = (Built.Ready<Checkpoint>) build(agreed);
    rules.append(ready.block().header().round(), ready.hash(), ready.block());
    return ready.block();
  }

  /** Makes the block after the tip the tip, and final. */
  Checkpoint appendFinal(Agreed... agreed) {
    var block = append(agreed);
    execute(draft -> draft.add(block.certifiedBy(new Certificate(List.of()))));
    return block;
  }

  static Agreed by(int member, Batch batch) {
    return new Agreed(member, batch);
  }

  record Agreed(int member, Batch batch) {}

  /** A proposal in the making. */
  static final class Batch {

    private Hash previous;
    private long galaxyHeight;
    private long time = TIME;
    private List<Integer> lateness = Collections.nCopies(MEMBERS, 0);
    private List<Hash> segments = List.of();
    private List<Evidence> evidence = List.of();

    private Batch(Hash previous) {
      this.previous = previous;
    }

    Batch after(Hash block) {
      previous = block;
      return this;
    }

    Batch galaxyHeight(long height) {
      galaxyHeight = height;
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

    Batch naming(Segment... named) {
      segments = List.of(named).stream().map(Segment::reference).toList();
      return this;
    }

    Batch accusing(Evidence... pieces) {
      evidence = List.of(pieces);
      return this;
    }

    private Bytes encode() {
      return ClusterProposalCodec.encode(
          new ClusterProposal(previous, galaxyHeight, time, lateness, segments, evidence));
    }
  }
}
