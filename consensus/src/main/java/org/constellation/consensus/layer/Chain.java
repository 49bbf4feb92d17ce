package org.constellation.consensus.layer;

import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far the certified part of the chain reaches, what the journal may forget, and whether this
 * member may go on at all.
 *
 * @param <B> the layer's block
 */
final class Chain<B> {

  /** A certified round's votes and payloads are kept for this many further rounds. */
  private static final int ROUNDS_KEPT = 2;

  /** Most rounds remembered of which there are two certified blocks. */
  private static final int CONTRADICTIONS_MAX = 64;

  private final LayerRules<B> rules;
  private final RecentBlocks recent = new RecentBlocks();
  private final TreeSet<Long> contradicted = new TreeSet<>();
  private long certified;
  private JournalCut cut = new JournalCut(0, 0);
  private @Nullable String halted;

  Chain(LayerRules<B> rules) {
    this.rules = rules;
    this.certified = rules.tip().round();
  }

  long built() {
    return rules.tip().round();
  }

  long certified() {
    return certified;
  }

  RecentBlocks recent() {
    return recent;
  }

  Optional<String> halted() {
    return Optional.ofNullable(halted);
  }

  /** Notes that a round has another certified block, too. */
  void contradicted(long round) {
    contradicted.add(round);
    while (contradicted.size() > CONTRADICTIONS_MAX) {
      contradicted.removeFirst();
    }
  }

  boolean isContradicted(long round) {
    return contradicted.contains(round);
  }

  /** Why the trust in this committee is gone. */
  Optional<String> concern() {
    return contradicted.isEmpty()
        ? Optional.empty()
        : Optional.of("round %d has two certified blocks".formatted(contradicted.getFirst()));
  }

  void halt(String reason, Turn<B> turn) {
    if (halted == null) {
      halted = reason;
      turn.step().halt(reason);
    }
  }

  /** Takes up a block of the own journal. */
  void restore(CertifiedBlock<B> block) {
    rules.restore(block);
    recent.add(block);
    certified = Math.max(certified, Math.min(block.round(), rules.tip().round()));
  }

  /** The next block has its certificate. */
  void certify(CertifiedBlock<B> block, Turn<B> turn) {
    if (block.round() != certified + 1) {
      throw new IllegalStateException("certified " + block.round() + " after " + certified);
    }
    certified = block.round();
    turn.step().journal(new JournalRecord.Certified(block.round(), block.encoded()));
    turn.step().certified(block);
    recent.add(block);
    rules.certified(block);
  }

  /** Tells the driver what the journal may forget, if it is more than before. */
  Optional<JournalCut> cut(Turn<B> turn) {
    var blocks = Math.min(rules.releasedThrough(), certified - 1);
    var allowed = cut.and(new JournalCut(certified - ROUNDS_KEPT, blocks));
    if (allowed.equals(cut)) {
      return Optional.empty();
    }
    cut = allowed;
    turn.step().cut(cut);
    return Optional.of(cut);
  }
}
