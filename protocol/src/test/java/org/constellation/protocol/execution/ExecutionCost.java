package org.constellation.protocol.execution;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.testkit.HashedSignatures;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;

/**
 * Prints what executing a payment costs, with its share of the state's root and without signature
 * checks: blocks of 1,000 payments between random stars, first with every payment in two segments
 * of its own. Run by hand; the benchmarks module measures it properly.
 */
final class ExecutionCost {

  /** CPU time, since other processes share the machine. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final int STARS = 100_000;
  private static final int PAYMENTS = 1_000;
  private static final int BLOCKS = 60;

  private ExecutionCost() {}

  public static void main(String[] arguments) {
    var network =
        TestNetwork.of(1, 1, STARS, 1_000_000, Genesis.Parameters.DEFAULT, new HashedSignatures());
    var ledger = new TestLedger(network);
    var random = new Random(2);
    var nanos = new ArrayList<Long>();
    for (var i = 0; i < BLOCKS; i++) {
      ledger.later(1);
      var proposals = new ArrayList<Segment>();
      var agreements = new ArrayList<Segment>();
      for (var p = 0; p < PAYMENTS; p++) {
        var payer = network.star(random.nextInt(STARS));
        var payee = network.star(random.nextInt(STARS));
        if (payer != payee) {
          var proposal = payer.say(TestStar.pay(payee, 1, ledger.tick() + 600));
          proposals.add(proposal);
          agreements.add(payee.say(new Body.Agreement(proposal.last().id())));
        }
      }
      var input =
          ledger
              .block()
              .checkpoint(0, new CheckpointBody(proposals, List.of()))
              .checkpoint(0, new CheckpointBody(agreements, List.of()))
              .input();
      var before = ledger.state();
      var start = THREADS.getCurrentThreadCpuTime();
      var result = BlockExecution.execute(before, input, SegmentCheck.certified(network.scheme()));
      nanos.add(THREADS.getCurrentThreadCpuTime() - start);
      ledger.goTo(result.state());
    }
    report(nanos, ledger.state());
  }

  private static void report(List<Long> nanos, LedgerState state) {
    var warm = nanos.subList(BLOCKS / 2, BLOCKS).stream().sorted().toList();
    System.out.printf(
        "%d entries; median %.1f us, best %.1f us, worst %.1f us per payment%n",
        state.size(),
        warm.get(warm.size() / 2) / 1e3 / PAYMENTS,
        warm.getFirst() / 1e3 / PAYMENTS,
        warm.getLast() / 1e3 / PAYMENTS);
  }
}
