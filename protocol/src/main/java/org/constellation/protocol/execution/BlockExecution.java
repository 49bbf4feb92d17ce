package org.constellation.protocol.execution;

import java.util.Comparator;
import java.util.List;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.MembershipChange;
import org.constellation.protocol.block.Mint;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.state.ClusterRecord;
import org.constellation.protocol.state.LedgerState;

/**
 * What a galaxy block does to the ledger. In this order: what has run out ends, up to a limit,
 * checkpoints with their half-blocks and evidence, notices, evidence of the galaxy's own, table
 * votes, and at last what exceeds a limit at the end of a block is released.
 */
public final class BlockExecution {

  private static final Comparator<Notice> NOTICE_ORDER =
      Comparator.comparing(Notice::star)
          .thenComparingInt(notice -> notice.kind().code())
          .thenComparingLong(Notice::counter)
          .thenComparing(Notice::id);

  private BlockExecution() {}

  /**
   * What a block is executed with.
   *
   * @param height one above that of the state
   * @param time the ledger's clock after the block
   * @param beacon the round's common coin
   */
  public record Input(long height, LedgerTime time, Hash beacon, GalaxyContent content) {}

  /**
   * What comes out.
   *
   * @param state after the block
   * @param receipts in execution order
   * @param adoptedTables tables that come into force, ascending by kind
   */
  public record Result(
      LedgerState state,
      List<Receipt> receipts,
      List<MembershipChange> membership,
      Mint mint,
      List<EraPlan> eraPlans,
      List<TableVote> adoptedTables) {

    public Result {
      receipts = List.copyOf(receipts);
      membership = List.copyOf(membership);
      eraPlans = List.copyOf(eraPlans);
      adoptedTables = List.copyOf(adoptedTables);
    }
  }

  /**
   * Executes a block.
   *
   * @throws UnexecutableBlock if the content does not continue {@code before}
   */
  public static Result execute(LedgerState before, Input input, SegmentCheck checks) {
    return execute(before, input, checks, Transactions.endsMax(input.content()));
  }

  /** As {@link #execute(LedgerState, Input, SegmentCheck)}, with a limit of a test's own. */
  static Result execute(LedgerState before, Input input, SegmentCheck checks, int endsMax) {
    requireNext(before, input);
    var block = new BlockContext(before, input, checks);
    var transactions = new Transactions(block);
    var chains = new ChainExecution(block, transactions);
    var evidence = new EvidenceExecution(block);

    transactions.endWhatIsDue(endsMax);
    for (var checkpoint : input.content().checkpoints()) {
      takeUp(block, checkpoint);
      var cluster = checkpoint.header().cluster();
      checkpoint.body().segments().forEach(segment -> chains.execute(cluster, segment));
      checkpoint.body().evidence().forEach(evidence::execute);
    }
    var notices = new NoticeExecution(block);
    input.content().notices().stream().sorted(NOTICE_ORDER).forEach(notices::execute);
    input.content().evidence().forEach(evidence::execute);
    var adopted = new TableVoting(block).execute(input.content().votes());
    transactions.releaseBeyondLimits();

    return new Result(
        block.edit.freeze(input.height(), input.time()),
        block.receipts,
        block.membership,
        Mint.NONE,
        List.of(),
        adopted);
  }

  private static void requireNext(LedgerState before, Input input) {
    if (input.height() != before.height() + 1) {
      throw new UnexecutableBlock(
          "height " + input.height() + " does not follow " + before.height());
    }
    if (input.time().tick() < before.time().tick()) {
      throw new UnexecutableBlock("ledger time runs backwards at height " + input.height());
    }
  }

  /** Of each cluster only the checkpoint right after its last final one can be executed. */
  private static void takeUp(BlockContext block, CertifiedCheckpoint checkpoint) {
    var header = checkpoint.header();
    var cluster = header.cluster();
    var last =
        block
            .edit
            .cluster(cluster)
            .orElseThrow(() -> new UnexecutableBlock("there is no cluster " + cluster));
    if (!header.network().equals(block.network())) {
      throw new UnexecutableBlock("a checkpoint of another network");
    }
    if (header.round() != last.round() + 1 || !header.previous().equals(last.headerHash())) {
      throw new UnexecutableBlock(
          "round %d of cluster %d does not follow round %d"
              .formatted(header.round(), cluster, last.round()));
    }
    var plan = block.edit.eraPlan(Committee.ofCluster(cluster)).orElseThrow();
    if (header.era() != plan.era()) {
      throw new UnexecutableBlock(
          "cluster %d is in era %d, not %d".formatted(cluster, plan.era(), header.era()));
    }
    block.edit.put(
        cluster,
        new ClusterRecord(header.round(), header.hash(), header.galaxyHeight(), block.height()));
  }
}
