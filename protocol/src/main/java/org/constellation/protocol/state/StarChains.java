package org.constellation.protocol.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.KeyPossession;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.star.StarId;

/**
 * What a cluster judges half-blocks by: a galaxy state, and the cluster's own checkpoints after the
 * last one that is final there. Immutable; {@link #after} costs as much as its body is long.
 */
public final class StarChains {

  private final LedgerState state;
  private final int cluster;
  private final SignatureVerifier verifier;

  /**
   * Heads moved by later checkpoints, the latest last. Each map is more than twice as large as the
   * next, so there are few of them; they are only looked up in, never walked through.
   */
  private final List<Map<StarId, StarHead>> moved;

  private StarChains(
      LedgerState state,
      int cluster,
      SignatureVerifier verifier,
      List<Map<StarId, StarHead>> moved) {
    this.state = state;
    this.cluster = cluster;
    this.verifier = verifier;
    this.moved = moved;
  }

  /**
   * By the galaxy's state alone.
   *
   * @param verifier checks the proofs in key changes
   */
  public static StarChains of(LedgerState state, int cluster, SignatureVerifier verifier) {
    return new StarChains(state, cluster, verifier, List.of());
  }

  /** The galaxy state below. */
  public LedgerState state() {
    return state;
  }

  /** Checks what in half-blocks and evidence decides by itself. */
  public SignatureVerifier verifier() {
    return verifier;
  }

  /** With one more checkpoint of this cluster. */
  public StarChains after(CheckpointBody body) {
    var heads = new HashMap<StarId, StarHead>();
    for (var segment : body.segments()) {
      if (judge(segment, heads) instanceof Judgement.Includable(var suffix)) {
        heads.put(suffix.star(), headAfter(suffix, heads));
      }
    }
    var layers = new ArrayList<>(moved);
    var newest = heads;
    while (!layers.isEmpty() && layers.getLast().size() <= 2 * newest.size()) {
      var merged = new HashMap<>(layers.removeLast());
      merged.putAll(newest);
      newest = merged;
    }
    layers.add(newest);
    return new StarChains(state, cluster, verifier, List.copyOf(layers));
  }

  /** Whether this cluster may include a segment next. */
  public Judgement judge(Segment segment) {
    var judgement = judge(segment, Map.of());
    if (judgement instanceof Judgement.Includable(var suffix)) {
      var halfBlocks = suffix.halfBlocks();
      for (var halfBlock : halfBlocks.subList(0, halfBlocks.size() - 1)) {
        if (halfBlock.body() instanceof Body.KeyChange change && proves(halfBlock, change)) {
          return new Judgement.WrongKey(change.newKey());
        }
      }
    }
    return judgement;
  }

  /** Where a star's chain ends. */
  public Optional<StarHead> head(StarId star) {
    return head(star, Map.of());
  }

  private Judgement judge(Segment segment, Map<StarId, StarHead> newest) {
    return Judgement.of(head(segment.star(), newest), state.network(), cluster, segment);
  }

  private Optional<StarHead> head(StarId star, Map<StarId, StarHead> newest) {
    var latest = newest.get(star);
    for (var i = moved.size() - 1; latest == null && i >= 0; i--) {
      latest = moved.get(i).get(star);
    }
    return latest != null ? Optional.of(latest) : state.star(star).map(StarHead::of);
  }

  /** As execution does it: a key change ends what the old key may sign. */
  private StarHead headAfter(Segment suffix, Map<StarId, StarHead> newest) {
    var head = head(suffix.star(), newest).orElseThrow();
    for (var halfBlock : suffix.halfBlocks()) {
      if (!suffix.key().equals(head.key())) {
        break;
      }
      var key =
          halfBlock.body() instanceof Body.KeyChange change && proves(halfBlock, change)
              ? change.newKey()
              : head.key();
      head = new StarHead(head.home(), halfBlock.sequence(), halfBlock.id(), key);
    }
    return head;
  }

  private boolean proves(HalfBlock halfBlock, Body.KeyChange change) {
    return verifier.verify(
        change.newKey(),
        KeyPossession.message(halfBlock.network(), halfBlock.star(), change.newKey()),
        change.proof());
  }
}
