package org.constellation.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.testkit.HashedSignatures;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.GalaxyCodec;

/**
 * The first block of a ledger: payments between random stars, each in two segments of its own, all
 * in one checkpoint. Its signatures are as long as real ones, but cheap.
 */
final class PaymentBlock {

  private static final int SIGNERS = 3;
  private static final long BALANCE = 1_000_000;
  private static final long VALID_TICKS = 600;

  private final TestNetwork network;
  private final LedgerState before;
  private final BlockExecution.Input input;

  PaymentBlock(int stars, int payments) {
    network =
        TestNetwork.of(1, 1, stars, BALANCE, Genesis.Parameters.DEFAULT, new HashedSignatures());
    var ledger = new TestLedger(network).later(1);
    before = ledger.state();
    var segments = new ArrayList<Segment>();
    var random = new Random(2);
    for (var i = 0; i < payments; i++) {
      var payer = random.nextInt(stars);
      var payee = network.star((payer + 1 + random.nextInt(stars - 1)) % stars);
      var proposal = network.star(payer).say(TestStar.pay(payee, 1, ledger.tick() + VALID_TICKS));
      segments.add(proposal);
      segments.add(payee.say(new Body.Agreement(proposal.last().id())));
    }
    input =
        certified(ledger.block().checkpoint(0, new CheckpointBody(segments, List.of())).input());
    requireAllSettled(payments);
  }

  /** The state that the block is executed on: the genesis'. */
  LedgerState before() {
    return before;
  }

  BlockExecution.Result execute() {
    return BlockExecution.execute(before, input, SegmentCheck.certified(network.scheme()));
  }

  Bytes encoded() {
    var result = execute();
    var content = input.content();
    var genesis = network.genesis().network();
    var header =
        GalaxyCodec.header(
            genesis,
            0,
            input.height(),
            Hash.ZERO,
            GalaxyCodec.contentRoot(content),
            GalaxyCodec.receiptsRoot(result.receipts()),
            result.state().root(),
            result.membership(),
            result.mint(),
            result.eraPlans(),
            result.adoptedTables(),
            input.beacon(),
            input.time(),
            List.of(),
            content.checkpoints().stream().mapToInt(c -> c.body().segments().size()).sum());
    return GalaxyCodec.encode(
        new GalaxyBlock(header, certificate(header.hash()), content, result.receipts()));
  }

  private BlockExecution.Input certified(BlockExecution.Input bare) {
    var checkpoints =
        bare.content().checkpoints().stream()
            .map(c -> new CertifiedCheckpoint(c.header(), certificate(c.header().hash()), c.body()))
            .toList();
    return new BlockExecution.Input(
        bare.height(),
        bare.time(),
        bare.beacon(),
        new GalaxyContent(checkpoints, List.of(), List.of(), List.of()));
  }

  private Certificate certificate(Hash header) {
    var signatures = new ArrayList<Certificate.MemberSignature>();
    for (var key : network.galaxyKeys().subList(0, SIGNERS)) {
      signatures.add(
          new Certificate.MemberSignature(
              signatures.size(), key.sign(Certificate.signedMessage(header))));
    }
    return new Certificate(signatures);
  }

  private void requireAllSettled(int payments) {
    var settled =
        execute().receipts().stream()
            .filter(receipt -> receipt.outcome() == Outcome.SETTLED)
            .map(receipt -> receipt.transaction())
            .distinct()
            .count();
    if (settled != payments) {
      throw new IllegalStateException("of " + payments + " payments " + settled + " settle");
    }
  }
}
