package org.constellation.simulation.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.ExclusionRecord;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarRecord;
import org.constellation.protocol.state.StateEntry;
import org.constellation.simulation.Tally;

/**
 * EVIDENCE in the ledger: whom it names and whom it convicts, that nobody is convicted twice, nor
 * blamed again in a block whose makers knew, and for how long it excludes.
 */
final class ConvictionWatch {

  private final List<EraPlan> plans;
  private final Guilty guilty;
  private final Violations violations;
  private final Tally tally;
  // Also those that join later.
  private final TreeSet<StarId> stars = new TreeSet<>();
  private final TreeSet<StarId> marked = new TreeSet<>();
  private final TreeSet<StarId> twice = new TreeSet<>();
  // Only looked up in.
  private final Map<Hash, String> members = new HashMap<>();
  // Stars and members by name: the height of the block that convicted them.
  private final TreeMap<String, Long> convictedAt = new TreeMap<>();

  ConvictionWatch(Genesis genesis, Guilty guilty, Violations violations, Tally tally) {
    this.plans = new ArrayList<>(genesis.clusters());
    plans.add(genesis.galaxy());
    this.guilty = guilty;
    this.violations = violations;
    this.tally = tally;
    genesis.stars().forEach(star -> stars.add(star.star()));
    for (var plan : plans) {
      for (var member : plan.members()) {
        var key = member.operationalKey();
        members.put(StateEntry.Conviction.idOf(plan.committee(), plan.era(), key), name(plan, key));
      }
    }
  }

  private static String name(EraPlan plan, PublicKey member) {
    return member + " of " + plan.committee();
  }

  /** A block and the state after it. */
  void follow(GalaxyBlock block, LedgerState after) {
    var height = block.header().height();
    for (var checkpoint : block.content().checkpoints()) {
      var header = checkpoint.header();
      var cluster = Committee.ofCluster(header.cluster());
      if (!guilty.isCaptured(cluster)) {
        checkpoint.body().evidence().forEach(this::examine);
        blamedAnew(
            "checkpoint %d of %s".formatted(header.round(), cluster),
            checkpoint.body().evidence(),
            header.galaxyHeight());
      }
    }
    block.content().evidence().forEach(this::examine);
    blamedAnew("block " + height, block.content().evidence(), height - 1);
    block.content().notices().forEach(notice -> stars.add(notice.star()));
    convictedOnce(block);
    convicted(after);
    excluded(after);
  }

  /** Whoever is named by evidence must be guilty. */
  private void examine(Evidence evidence) {
    switch (evidence) {
      case Evidence.Fork(var first, _) -> {
        tally.transition("evidence of a fork");
        if (!guilty.isStar(first.star())) {
          violations.found("EVIDENCE", "a fork of " + first.star() + ", which is correct");
        }
      }
      case Evidence.DoubleVote(var first, _) -> {
        tally.transition("evidence of a double vote");
        if (!guilty.isMember(first.header().sender())) {
          violations.found(
              "EVIDENCE", "a double vote of " + first.header().sender() + ", which is correct");
        }
      }
      case Evidence.TwoHeaders headers -> {
        tally.transition("evidence of two headers");
        var committee = headers.first().committee();
        if (!guilty.isCaptured(committee)) {
          violations.found("EVIDENCE", "two headers of " + committee + ", which is not captured");
        }
      }
    }
  }

  /**
   * Every piece speaks against somebody whom no piece before it does, and whom the state that the
   * block was made with did not convict. Two blocks may blame the same: the makers of the second
   * need not know of the first.
   *
   * @param known the height of that state
   */
  private void blamedAnew(String where, List<Evidence> pieces, long known) {
    var blamed = new TreeSet<String>();
    for (var piece : pieces) {
      var isNew = false;
      for (var culprit : culprits(piece)) {
        isNew |= convictedAt.getOrDefault(culprit, Long.MAX_VALUE) > known && blamed.add(culprit);
      }
      if (!isNew) {
        violations.found("EVIDENCE", "%s blames once more: %s".formatted(where, culprits(piece)));
      }
    }
  }

  private List<String> culprits(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Fork(var first, _) -> List.of(first.star().toString());
      case Evidence.DoubleVote(var first, _) -> {
        var header = first.header();
        yield plans.stream()
            .filter(plan -> isOf(plan, header.committee(), header.era()))
            .filter(plan -> plan.hasSeat(header.sender()))
            .map(plan -> name(plan, header.sender()))
            .toList();
      }
      case Evidence.TwoHeaders headers ->
          plans.stream()
              .filter(plan -> isOf(plan, headers.first().committee(), headers.first().era()))
              .flatMap(
                  plan ->
                      headers.namedInBoth().stream()
                          .filter(index -> index >= 0 && index < plan.members().size())
                          .map(index -> name(plan, plan.members().get(index).operationalKey())))
              .toList();
    };
  }

  private static boolean isOf(EraPlan plan, Committee committee, long era) {
    return plan.committee().equals(committee) && plan.era() == era;
  }

  /** By what blocks say: a second conviction leaves no other state behind than the first. */
  private void convictedOnce(GalaxyBlock block) {
    var forks = forks(block);
    for (var receipt : block.receipts()) {
      if (receipt.outcome() == Outcome.FORK
          || receipt.outcome() == Outcome.DOUBLE_VOTE
          || receipt.outcome() == Outcome.TWO_HEADERS) {
        convictedOnce(receipt, forks, block.header().height());
      }
    }
  }

  private void convictedOnce(Receipt receipt, Map<Hash, String> forks, long height) {
    var culprits = receipt.outcome() == Outcome.FORK ? forks : members;
    var culprit = culprits.get(receipt.subject());
    if (culprit == null) {
      violations.found("EVIDENCE", "block %d convicts nobody: %s".formatted(height, receipt));
      return;
    }
    var before = convictedAt.putIfAbsent(culprit, height);
    if (before != null) {
      violations.found(
          "EVIDENCE",
          "%s is convicted by block %d and by block %d".formatted(culprit, before, height));
    }
  }

  /** The stars that a block's evidence of forks names, by what the receipt is about. */
  private static Map<Hash, String> forks(GalaxyBlock block) {
    var all = new ArrayList<>(block.content().evidence());
    block.content().checkpoints().forEach(one -> all.addAll(one.body().evidence()));
    var forks = new HashMap<Hash, String>();
    for (var piece : all) {
      if (piece instanceof Evidence.Fork(_, var second)) {
        forks.put(second.first().id(), second.star().toString());
      }
    }
    return forks;
  }

  /** Whatever stands in a block, and whoever put it there: nobody correct is convicted by it. */
  private void convicted(LedgerState state) {
    for (var plan : plans) {
      for (var member : plan.members()) {
        var key = member.operationalKey();
        var isConvicted = state.isConvicted(plan.committee(), plan.era(), key);
        if (isConvicted && !guilty.isMember(key) && !guilty.isCaptured(plan.committee())) {
          violations.found("EVIDENCE", name(plan, key) + " is convicted, and correct");
        }
        agrees(name(plan, key), isConvicted);
      }
    }
    for (var star : stars) {
      var isMarked = state.star(star).filter(StarRecord::forked).isPresent();
      if (isMarked && !guilty.isStar(star)) {
        violations.found("EVIDENCE", star + " is marked, and correct");
      }
      agrees(star.toString(), isMarked);
      if (isMarked && guilty.toBeMarked().contains(star) && marked.add(star)) {
        tally.transition("mark for an old fork");
      }
    }
  }

  /** What the state has of somebody is what blocks said. */
  private void agrees(String culprit, boolean isConvicted) {
    if (isConvicted != convictedAt.containsKey(culprit)) {
      violations.found(
          "EVIDENCE",
          culprit + (isConvicted ? " is convicted by no block" : " is convicted no more"));
    }
  }

  /** A star sits out the next 1, 2, 4, ... elections: one more conviction for each committee. */
  private void excluded(LedgerState state) {
    var convictions = new TreeMap<StarId, Integer>();
    for (var plan : plans) {
      var convicted = new TreeSet<StarId>();
      for (var member : plan.members()) {
        if (state.isConvicted(plan.committee(), plan.era(), member.operationalKey())) {
          convicted.add(member.star());
        }
        convictions.putIfAbsent(member.star(), 0);
      }
      convicted.forEach(star -> convictions.merge(star, 1, Integer::sum));
    }
    convictions.forEach(
        (star, count) -> {
          if (count > 1 && twice.add(star)) {
            tally.transition("second conviction of a star");
          }
          var elections = state.exclusion(star).map(ExclusionRecord::elections).orElse(0L);
          if (elections != (count == 0 ? 0 : 1L << (count - 1))) {
            violations.found(
                "EVIDENCE",
                "%s is convicted %d times and excluded from %d elections"
                    .formatted(star, count, elections));
          }
        });
  }
}
