package org.constellation.consensus.cluster;

import java.util.Optional;
import java.util.TreeMap;
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

  /** Most galaxy states kept; if the cluster stands still for longer, those between go. */
  static final int STATES_MAX = 512;

  private final int cluster;
  private final Hash network;
  private final SignatureVerifier verifier;
  private final TreeMap<Long, LedgerState> states = new TreeMap<>();
  private final TreeMap<Long, Checkpoint> checkpoints = new TreeMap<>();
  private final TreeMap<Long, StarChains> chains = new TreeMap<>();
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

  void append(Checkpoint checkpoint) {
    tip = checkpoint.header();
    checkpoints.put(tip.round(), checkpoint);
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

  /** The segment of a checkpoint still kept that holds this half-block of {@code star}. */
  Optional<Segment> included(StarId star, long sequence) {
    for (var checkpoint : checkpoints.descendingMap().values()) {
      for (var segment : checkpoint.body().segments()) {
        if (segment.star().equals(star)
            && segment.first().sequence() <= sequence
            && sequence <= segment.last().sequence()) {
          return Optional.of(segment);
        }
      }
    }
    return Optional.empty();
  }

  private void prune() {
    states.headMap(Math.min(tipGalaxyHeight(), newest().height()), false).clear();
    while (states.size() > STATES_MAX) {
      var oldest = states.firstKey();
      states.remove(states.higherKey(oldest));
    }
    chains.keySet().removeIf(height -> height != tipGalaxyHeight() && height != newest().height());
    checkpoints.headMap(finalRoundForAll(), false).clear();
  }
}
