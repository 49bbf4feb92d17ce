package org.constellation.simulation.watch;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.execution.UnexecutableBlock;
import org.constellation.protocol.invariant.LedgerAudit;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarRecord;
import org.constellation.simulation.Tally;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as anybody can follow it: CHAIN, CONSERVATION and ONCE by an account that shares no
 * rule with execution, REPRODUCIBLE by executing every block once more, EVIDENCE by looking at whom
 * it names and whom it convicts.
 */
public final class LedgerWatch {

  private static final int COMPARED_EVERY = 16;

  private static final Set<Outcome> CONVICTIONS =
      EnumSet.of(Outcome.FORK, Outcome.DOUBLE_VOTE, Outcome.TWO_HEADERS);

  private final List<EraPlan> plans;
  private final List<StarId> stars;
  private final SegmentCheck checks;
  private final LedgerAudit audit;
  private final Guilty guilty;
  private final Violations violations;
  private final Tally tally;
  private final TreeMap<Long, GalaxyBlock> waiting = new TreeMap<>();
  private final TreeMap<Long, Hash> hashes = new TreeMap<>();
  private final TreeMap<Long, Hash> roots = new TreeMap<>();
  private final Map<StarId, TreeMap<Long, Hash>> chains = new TreeMap<>();
  // Only looked up in.
  private final Map<StarId, Set<Body>> answers = new HashMap<>();
  private final Map<Hash, List<Outcome>> receipts = new HashMap<>();
  private LedgerState state;
  private @Nullable GalaxyBlock newest;
  private long transactions;

  LedgerWatch(
      Genesis genesis,
      SignatureVerifier verifier,
      Guilty guilty,
      Violations violations,
      Tally tally) {
    this.plans = new ArrayList<>(genesis.clusters());
    plans.add(genesis.galaxy());
    this.stars = genesis.stars().stream().map(Genesis.GenesisStar::star).toList();
    this.checks = SegmentCheck.verifying(verifier);
    this.audit = new LedgerAudit(genesis, verifier);
    this.guilty = guilty;
    this.violations = violations;
    this.tally = tally;
    this.state = LedgerState.genesis(genesis);
    roots.put(0L, state.root());
  }

  /** A certified block, of any height. */
  void certified(GalaxyBlock block) {
    var height = block.header().height();
    if (height <= state.height() || waiting.putIfAbsent(height, block) != null) {
      return;
    }
    var next = waiting.remove(state.height() + 1);
    while (next != null && !violations.any()) {
      follow(next);
      next = waiting.remove(state.height() + 1);
    }
  }

  private void follow(GalaxyBlock block) {
    var header = block.header();
    var height = header.height();
    var time = new LedgerTime(header.timeMillis(), header.tick(), header.stepTimeMillis());
    BlockExecution.Result result;
    try {
      var input = new BlockExecution.Input(height, time, header.beacon(), block.content());
      result = BlockExecution.execute(state, input, checks);
    } catch (UnexecutableBlock e) {
      violations.found("REPRODUCIBLE", "block %d cannot be executed: %s".formatted(height, e));
      return;
    }
    var after = result.state();
    if (!after.root().equals(header.stateRoot()) || !result.receipts().equals(block.receipts())) {
      violations.found("REPRODUCIBLE", "block " + height + " leads to another state");
    }
    audit
        .follow(block.content(), block.receipts(), after)
        .forEach(found -> violations.found(found.invariant().name(), found.detail()));
    state = after;
    newest = block;
    if (height % COMPARED_EVERY == 0) {
      compare();
    }
    hashes.put(height, header.hash());
    roots.put(height, after.root());
    account(block);
    examine(block);
    if (block.receipts().stream().map(Receipt::outcome).anyMatch(CONVICTIONS::contains)) {
      convicted();
    }
  }

  /** Whatever stands in a block, and whoever put it there: nobody correct is convicted by it. */
  private void convicted() {
    for (var plan : plans) {
      for (var member : plan.members()) {
        var key = member.operationalKey();
        if (state.isConvicted(plan.committee(), plan.era(), key)
            && !guilty.isMember(key)
            && !guilty.isCaptured(plan.committee())) {
          violations.found(
              "EVIDENCE", key + " of " + plan.committee() + " is convicted, and correct");
        }
      }
    }
    for (var star : stars) {
      if (state.star(star).filter(StarRecord::forked).isPresent() && !guilty.isStar(star)) {
        violations.found("EVIDENCE", star + " is marked, and correct");
      }
    }
  }

  private void account(GalaxyBlock block) {
    for (var receipt : block.receipts()) {
      tally.transition("receipt " + receipt.outcome());
      receipts.computeIfAbsent(receipt.subject(), _ -> new ArrayList<>()).add(receipt.outcome());
      if (receipt.outcome() == Outcome.SETTLED) {
        transactions++;
      }
    }
    for (var checkpoint : block.content().checkpoints()) {
      for (var segment : checkpoint.body().segments()) {
        segment.halfBlocks().forEach(this::place);
      }
    }
    for (var one : block.header().execution()) {
      if (!one.agreed()) {
        tally.transition("proposal left out");
      }
    }
  }

  private void place(HalfBlock halfBlock) {
    if (outcome(halfBlock.id()).filter(Outcome::advancesChain).isPresent()) {
      chains
          .computeIfAbsent(halfBlock.star(), _ -> new TreeMap<>())
          .putIfAbsent(halfBlock.sequence(), halfBlock.id());
      switch (halfBlock.body()) {
        case Body.Agreement _, Body.Refusal _, Body.Cancellation _ ->
            answers.computeIfAbsent(halfBlock.star(), _ -> new HashSet<>()).add(halfBlock.body());
        case Body.Proposal _,
            Body.AssetDefinition _,
            Body.ContractRegistration _,
            Body.CompositionRegistration _,
            Body.KeyChange _ -> {}
      }
    }
  }

  /** Whoever is named by evidence must be guilty. */
  private void examine(GalaxyBlock block) {
    for (var checkpoint : block.content().checkpoints()) {
      if (!guilty.isCaptured(Committee.ofCluster(checkpoint.header().cluster()))) {
        checkpoint.body().evidence().forEach(this::examine);
      }
    }
    block.content().evidence().forEach(this::examine);
  }

  void examine(Evidence evidence) {
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

  /** Compares the whole state with the account. */
  public void compare() {
    audit
        .compare(state)
        .forEach(found -> violations.found(found.invariant().name(), found.detail()));
  }

  /** The newest state. */
  public LedgerState state() {
    return state;
  }

  /** The block that led to the newest state. */
  public Optional<GalaxyBlock> newest() {
    return Optional.ofNullable(newest);
  }

  /** Settled transactions. */
  public long transactions() {
    return transactions;
  }

  /** The hash of a block. */
  public Optional<Hash> hash(long height) {
    return Optional.ofNullable(hashes.get(height));
  }

  /** The state root after a block. */
  public Optional<Hash> root(long height) {
    return Optional.ofNullable(roots.get(height));
  }

  /** The executed half-block at a place of a star's chain. */
  public Optional<Hash> halfBlock(StarId star, long sequence) {
    return Optional.ofNullable(chains.get(star)).map(chain -> chain.get(sequence));
  }

  /** Whether a half-block that says this is executed in a star's chain. */
  public boolean hasSaid(StarId star, Body answer) {
    return answers.getOrDefault(star, Set.of()).contains(answer);
  }

  private Optional<Outcome> outcome(Hash subject) {
    var all = receipts.get(subject);
    return all == null ? Optional.empty() : all.stream().filter(Outcome::advancesChain).findFirst();
  }

  /** Everything that the ledger said of a half-block. */
  public List<Outcome> outcomes(Hash subject) {
    return List.copyOf(receipts.getOrDefault(subject, List.of()));
  }
}
