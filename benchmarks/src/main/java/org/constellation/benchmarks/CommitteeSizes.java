package org.constellation.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.constellation.consensus.Roster;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.testkit.TestNetwork;

/**
 * What one empty round of a cluster costs by its size, as one table: Ed25519 and the coin on P-256,
 * every envelope sealed, opened and checked by everybody. No broker and no disk.
 *
 * <p>CPU is the thread's, for all members together, without compilation and garbage collection. The
 * round time is virtual: envelopes travel for {@value #DELAY_MILLIS} ms, work takes no time.
 */
public final class CommitteeSizes {

  private static final List<Integer> SIZES = List.of(4, 7, 16, 31);
  private static final long DELAY_MILLIS = 100;
  private static final long WARM_UP_NANOS = 5_000_000_000L;
  private static final long MEASURED_NANOS = 5_000_000_000L;

  private final int members;
  private final LayerKeys keys;
  private final LedgerState state;
  private long run;

  private CommitteeSizes(int members) {
    var scheme = Ed25519.best();
    var network = TestNetwork.of(1, 1, 2, 1_000, Genesis.Parameters.DEFAULT, scheme);
    this.members = members;
    this.state = LedgerState.genesis(network.genesis());
    this.keys = new LayerKeys(members, scheme);
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    System.out.println(
        "| n | f | CPU per round | per member | messages | by the formula | envelopes | bytes |"
            + " round at 100 ms |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (var size : SIZES) {
      System.out.println(new CommitteeSizes(size).line());
    }
  }

  private String line() {
    spend(WARM_UP_NANOS);
    var cpuMillis = spend(MEASURED_NANOS);
    var round = round(0);
    return "| %d | %d | %.0f ms | %.1f ms | %d | %d | %d | %d KiB | %.1f s |"
        .formatted(
            members,
            new Roster(members).maxFaulty(),
            cpuMillis,
            cpuMillis / members,
            round.messages(),
            formula(),
            round.envelopes(),
            round.bytes() / 1_024,
            round(DELAY_MILLIS).millis() / 1_000.0);
  }

  /**
   * Without a failure, and with all agreements over in their first round: of each broadcast the
   * payload, the proposer's word, n ECHO and n READY; of each agreement BVAL, AUX and TERM of
   * everybody, and BVAL of the round that nobody needs any more; a share of the beacon and a
   * signature of everybody.
   */
  private long formula() {
    var n = (long) members;
    return n * (2 + 2 * n) + n * 4 * n + 2 * n;
  }

  private LayerCommittee.Round round(long delayMillis) {
    return new LayerCommittee(keys, state, run++, delayMillis).certifyOneRound(List.of());
  }

  /** Runs rounds for so long; milliseconds of CPU for one. */
  private double spend(long nanos) {
    var threads = ManagementFactory.getThreadMXBean();
    var begun = threads.getCurrentThreadCpuTime();
    var rounds = 0;
    do {
      round(0);
      rounds++;
    } while (threads.getCurrentThreadCpuTime() - begun < nanos);
    return (threads.getCurrentThreadCpuTime() - begun) / 1e6 / rounds;
  }
}
