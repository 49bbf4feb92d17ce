package org.constellation.consensus.cluster;

import java.util.Optional;
import java.util.TreeMap;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.consensus.layer.LayerRules;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarChains;
import org.jspecify.annotations.Nullable;

/**
 * A cluster's own chain on top of the galaxy's states: from both together follows what may be
 * included next. Keeps the states from the one that the newest checkpoint was judged by, and the
 * checkpoints that are not final there.
 */
final class ClusterChain {

  /**
   * Most galaxy states kept beside those that proposals name. If the cluster stands still for
   * longer, those in the middle go: what was proposed when it came to a stop names old ones, what
   * is proposed when it goes on new ones.
   */
  static final int STATES_MAX = 512;

  /** Most heights of proposals kept in mind. */
  static final int NAMED_MAX = 4_096;

  /** Checkpoints after which a proposal is of no further use. */
  private static final int NAMED_ROUNDS_KEPT = LayerLimits.ROUNDS_AHEAD_MAX + 1;

  private final int cluster;
  private final Hash network;
  private final SignatureVerifier verifier;
  private final TreeMap<Long, LedgerState> states = new TreeMap<>();
  private final TreeMap<Long, Checkpoint> checkpoints = new TreeMap<>();
  private final LastSegments lastSegments = new LastSegments();
  private final TreeMap<Long, StarChains> chains = new TreeMap<>();

  /** Heights that proposals name, with the newest round when they did. */
  private final TreeMap<Long, Long> named = new TreeMap<>();

  private boolean running;
  private @Nullable CheckpointHeader tip;

  ClusterChain(int cluster, LedgerState state, SignatureVerifier verifier) {
    this.cluster = cluster;
    this.network = state.network();
    this.verifier = verifier;
    states.put(state.height(), state);
  }

  LayerRules.Tip tip() {
    return tip == null
        ? new LayerRules.Tip(0, CheckpointHeader.genesisOf(network, cluster))
        : new LayerRules.Tip(tip.round(), tip.hash());
  }

  long tipTimeMillis() {
    return tip == null ? 0 : tip.timeMillis();
  }

  /** The galaxy height by which the newest checkpoint was judged: states from it on are needed. */
  long tipGalaxyHeight() {
    return tip == null ? 0 : tip.galaxyHeight();
  }

  LedgerState newest() {
    return states.lastEntry().getValue();
  }

  Optional<LedgerState> state(long height) {
    return Optional.ofNullable(states.get(height));
  }

  /** The last round that is final in the newest state. */
  long finalRound() {
    return finalRound(newest());
  }

  /** The last round that is final in every state that the next checkpoint may be judged by. */
  long finalRoundForAll() {
    return finalRound(states.firstEntry().getValue());
  }

  private long finalRound(LedgerState state) {
    return state
        .cluster(cluster)
        .orElseThrow(() -> new IllegalStateException("no such cluster"))
        .round();
  }

  /** Learns the state after a galaxy block; whether it is news. */
  boolean learn(LedgerState state) {
    if (state.height() <= newest().height()) {
      return false;
    }
    states.put(state.height(), state);
    prune();
    return true;
  }

  /** Learns that a proposal names a height: the next checkpoint may be judged by that state. */
  void name(long height) {
    if (height >= tipGalaxyHeight() && (named.size() < NAMED_MAX || named.containsKey(height))) {
      named.put(height, tip().round());
    }
  }

  /**
   * From now on states may go. Before, the proposals of this member's journal are not known yet,
   * and whatever they name must still be there.
   */
  void run() {
    running = true;
  }

  void append(Checkpoint checkpoint) {
    tip = checkpoint.header();
    named.values().removeIf(round -> round + NAMED_ROUNDS_KEPT < tip().round());
    checkpoints.put(tip.round(), checkpoint);
    checkpoint.body().segments().forEach(lastSegments::placed);
    chains.replaceAll((_, before) -> before.after(checkpoint.body()));
    prune();
  }

  /** What may be included after the tip, by the state at {@code height}, if that is known. */
  Optional<StarChains> chainsAt(long height) {
    var known = chains.get(height);
    if (known != null) {
      return Optional.of(known);
    }
    var state = states.get(height);
    if (state == null) {
      return Optional.empty();
    }
    var built = StarChains.of(state, cluster, verifier);
    var finalRound = finalRound(state);
    requireSameChain(state, finalRound);
    for (var checkpoint : checkpoints.tailMap(finalRound, false).values()) {
      built = built.after(checkpoint.body());
    }
    chains.put(height, built);
    return Optional.of(built);
  }

  StarChains newestChains() {
    return chainsAt(newest().height()).orElseThrow();
  }

  /** A galaxy that made another checkpoint final has met two certified ones: trust is broken. */
  private void requireSameChain(LedgerState state, long finalRound) {
    var own = checkpoints.get(finalRound);
    var finalHash = state.cluster(cluster).orElseThrow().headerHash();
    if (own != null && !own.header().hash().equals(finalHash)) {
      throw new IllegalStateException(
          "round %d is final as %s, certified here as %s"
              .formatted(finalRound, finalHash, own.header().hash()));
    }
  }

  /** The segment that holds this half-block of {@code star}, if its chain ends in it. */
  Optional<Segment> included(StarId star, long sequence) {
    return lastSegments.with(star, sequence);
  }

  private void prune() {
    states.headMap(Math.min(tipGalaxyHeight(), newest().height()), false).clear();
    if (running && states.size() > STATES_MAX) {
      dropBetween();
    }
    chains.keySet().removeIf(height -> height != tipGalaxyHeight() && height != newest().height());
    checkpoints.headMap(finalRoundForAll(), false).clear();
  }

  private void dropBetween() {
    var unnamed = states.keySet().stream().filter(height -> !named.containsKey(height)).toList();
    var tooMany = unnamed.size() - STATES_MAX;
    if (tooMany > 0) {
      unnamed.subList(STATES_MAX / 2, STATES_MAX / 2 + tooMany).forEach(states::remove);
    }
  }
}
