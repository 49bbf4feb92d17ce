package org.constellation.simulation.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.Outcome;
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
 * rule with execution, REPRODUCIBLE by executing every block once more and by asking everybody for
 * the state after it, TIME by the machines' clocks. After every block the whole state is compared:
 * a balance that is wrong for one block is wrong.
 */
public final class LedgerWatch {

  private final SegmentCheck checks;
  private final LedgerAudit audit;
  private final ConvictionWatch convictions;
  private final StateWatch states;
  private final Clocks clocks;
  private final Guilty guilty;
  private final Violations violations;
  private final Tally tally;
  private final TreeMap<Long, GalaxyBlock> waiting = new TreeMap<>();
  private final TreeMap<Long, Hash> hashes = new TreeMap<>();
  private final Map<StarId, TreeMap<Long, HalfBlock>> chains = new TreeMap<>();
  // Only looked up in.
  private final Map<Hash, List<Word>> words = new HashMap<>();
  private final Map<Hash, Body.Proposal> proposals = new HashMap<>();
  private final Map<StarId, Set<Body>> answers = new HashMap<>();
  private final Map<Hash, List<Outcome>> receipts = new HashMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final TreeMap<Long, Long> signedAt = new TreeMap<>();
  // Of each cluster's newest final checkpoint.
  private final TreeMap<Integer, Long> checkpointTimes = new TreeMap<>();
  private LedgerState state;
  private @Nullable GalaxyBlock newest;
  private long transactions;

  /** What the galaxy said of a transaction in a block of this height. */
  record Word(long height, Outcome outcome) {}

  /** Told of every block, once this watch knows all of it. */
  @FunctionalInterface
  public interface Listener {
    /** What a block appended to chains, in its order. */
    void executed(List<HalfBlock> halfBlocks);
  }

  LedgerWatch(
      Genesis genesis,
      SignatureVerifier verifier,
      Clocks clocks,
      Guilty guilty,
      Violations violations,
      Tally tally) {
    this.checks = SegmentCheck.verifying(verifier);
    this.audit = new LedgerAudit(genesis, verifier);
    this.convictions = new ConvictionWatch(genesis, guilty, violations, tally);
    this.states = new StateWatch(violations);
    this.clocks = clocks;
    this.guilty = guilty;
    this.violations = violations;
    this.tally = tally;
    this.state = LedgerState.genesis(genesis);
    states.certified(0, state.root());
  }

  /** Has somebody told of every block. */
  public void hear(Listener listener) {
    listeners.add(listener);
  }

  /** Somebody correct has this state. */
  public void has(String who, LedgerState theirs) {
    states.has(who, theirs);
  }

  /** A certified checkpoint, handed up or in a block. */
  void certified(CertifiedCheckpoint checkpoint) {
    var header = checkpoint.header();
    var cluster = Committee.ofCluster(header.cluster());
    if (!guilty.isCaptured(cluster)) {
      time(header.timeMillis(), "checkpoint %d of %s".formatted(header.round(), cluster));
    }
  }

  /** A certified block, of any height. */
  void certified(GalaxyBlock block) {
    var height = block.header().height();
    if (height <= state.height() || waiting.putIfAbsent(height, block) != null) {
      return;
    }
    time(block.header().timeMillis(), "block " + height);
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
    onward(state.time(), time, height);
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
    hashes.put(height, header.hash());
    states.certified(height, header.stateRoot());
    var executed = account(block);
    compare();
    convictions.follow(block, after);
    block.content().checkpoints().forEach(this::onward);
    lag(header.timeMillis(), height);
    listeners.forEach(listener -> listener.executed(executed));
  }

  /** Whether the ledger says of a star that it forked. */
  public boolean isMarked(StarId star) {
    return state.star(star).filter(StarRecord::forked).isPresent();
  }

  /** The time of a block is later than that of the one before, and ticks do not come back. */
  private void onward(LedgerTime before, LedgerTime time, long height) {
    if (time.timeMillis() <= before.timeMillis()
        || time.tick() < before.tick()
        || time.stepTimeMillis() < before.stepTimeMillis()) {
      violations.found("TIME", "block %d goes from %s to %s".formatted(height, before, time));
    }
  }

  /** No liar takes the ledger's time beyond what a correct clock may show. */
  private void time(long millis, String what) {
    var latest = clocks.latest();
    if (millis > latest) {
      violations.found("TIME", "%s is %d ms ahead of all clocks".formatted(what, millis - latest));
    }
  }

  private void onward(CertifiedCheckpoint checkpoint) {
    var header = checkpoint.header();
    var cluster = Committee.ofCluster(header.cluster());
    if (!guilty.isCaptured(cluster)) {
      var before = checkpointTimes.put(header.cluster(), header.timeMillis());
      if (before != null && header.timeMillis() <= before) {
        violations.found(
            "TIME",
            "checkpoint %d of %s is at %d after %d"
                .formatted(header.round(), cluster, header.timeMillis(), before));
      }
    }
  }

  /** Somebody correct signed the block of this height. */
  void signed(long height) {
    if (height > state.height()) {
      signedAt.putIfAbsent(height, clocks.earliest());
    }
  }

  /**
   * No liar holds the ledger's time back: who is correct proposes for a block once the one so many
   * before it is certified, which somebody else who is correct had signed by then.
   */
  private void lag(long millis, long height) {
    var before = signedAt.get(height - LayerLimits.UNCERTIFIED_MAX);
    if (before != null && millis < before) {
      violations.found(
          "TIME", "block %d is %d ms behind all clocks of then".formatted(height, before - millis));
    }
    signedAt.headMap(height - LayerLimits.UNCERTIFIED_MAX, true).clear();
  }

  /** What the block appended to chains. */
  private List<HalfBlock> account(GalaxyBlock block) {
    for (var receipt : block.receipts()) {
      tally.transition("receipt " + receipt.outcome());
      receipts.computeIfAbsent(receipt.subject(), _ -> new ArrayList<>()).add(receipt.outcome());
      receipt
          .concerned()
          .ifPresent(
              transaction ->
                  words
                      .computeIfAbsent(transaction, _ -> new ArrayList<>())
                      .add(new Word(block.header().height(), receipt.outcome())));
      if (receipt.outcome() == Outcome.SETTLED) {
        transactions++;
      }
    }
    var executed = new ArrayList<HalfBlock>();
    for (var checkpoint : block.content().checkpoints()) {
      if (guilty.isCaptured(Committee.ofCluster(checkpoint.header().cluster()))) {
        tally.transition("checkpoint of captors final");
      }
      for (var segment : checkpoint.body().segments()) {
        segment.halfBlocks().stream().filter(this::place).forEach(executed::add);
      }
    }
    for (var one : block.header().execution()) {
      if (!one.agreed()) {
        tally.transition("proposal left out");
      }
    }
    return executed;
  }

  /** Whether a half-block takes a place in its star's chain now. */
  private boolean place(HalfBlock halfBlock) {
    var advances = outcome(halfBlock.id()).isPresent();
    var isNew =
        advances
            && chains
                    .computeIfAbsent(halfBlock.star(), _ -> new TreeMap<>())
                    .putIfAbsent(halfBlock.sequence(), halfBlock)
                == null;
    if (advances) {
      switch (halfBlock.body()) {
        case Body.Proposal proposal -> proposals.put(halfBlock.id(), proposal);
        case Body.Agreement _, Body.Refusal _, Body.Cancellation _ ->
            answers.computeIfAbsent(halfBlock.star(), _ -> new HashSet<>()).add(halfBlock.body());
        case Body.AssetDefinition _,
            Body.ContractRegistration _,
            Body.CompositionRegistration _,
            Body.KeyChange _ -> {}
      }
    }
    return isNew;
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
    return states.root(height);
  }

  /** The executed half-block at a place of a star's chain. */
  public Optional<Hash> halfBlock(StarId star, long sequence) {
    return Optional.ofNullable(chains.get(star))
        .map(chain -> chain.get(sequence))
        .map(HalfBlock::id);
  }

  /** What a star has said in its chain, in order. */
  public List<Body> said(StarId star) {
    return chains.getOrDefault(star, new TreeMap<>()).values().stream()
        .map(HalfBlock::body)
        .toList();
  }

  /** An executed proposal. */
  public Optional<Body.Proposal> proposal(Hash id) {
    return Optional.ofNullable(proposals.get(id));
  }

  /** Whether the galaxy said this of a transaction in the block of this height. */
  public boolean hasWord(Hash transaction, long height, Outcome outcome) {
    return words.getOrDefault(transaction, List.of()).contains(new Word(height, outcome));
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
