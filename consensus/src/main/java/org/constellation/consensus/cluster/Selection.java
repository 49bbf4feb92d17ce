package org.constellation.consensus.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.Judgement;
import org.constellation.protocol.state.StarChains;
import org.jspecify.annotations.Nullable;

/**
 * Chooses from the pool what a proposal names. While everything fits, everything is named: bodies
 * are sent once however many name them. Else a quarter of the room goes to the stars that have
 * waited longest, so that nobody starves, and the rest to stars from a place of the member's own,
 * so that proposals overlap little.
 */
final class Selection {

  /** Of the half-blocks of a payload, those of the longest waiting. */
  private static final int OLDEST_SHARE = 4;

  private final SegmentPool pool;
  private final StarChains chains;
  private final List<Segment> chosen = new ArrayList<>();
  private final List<Segment> stale = new ArrayList<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private SegmentSize size = SegmentSize.NONE;

  /** A segment that must leave the pool, and why. */
  record Rejected(Segment segment, Outcome reason, Judgement judgement) {}

  private Selection(SegmentPool pool, StarChains chains) {
    this.pool = pool;
    this.chains = chains;
  }

  static Selection from(SegmentPool pool, StarChains chains, long seed) {
    var selection = new Selection(pool, chains);
    var stars = pool.stars();
    var next = 0;
    while (next < stars.size() && selection.isWithin(OLDEST_SHARE)) {
      selection.take(stars.get(next++));
    }
    var rest = new ArrayList<>(stars.subList(next, stars.size()));
    if (!rest.isEmpty()) {
      Collections.rotate(rest, (int) Long.remainderUnsigned(seed * 0x9E3779B9L, rest.size()));
    }
    for (var star : rest) {
      if (!selection.isWithin(1)) {
        break;
      }
      selection.take(star);
    }
    return selection;
  }

  /** Whether there is anything to choose. */
  static boolean isAny(SegmentPool pool, StarChains chains) {
    for (var star : pool.stars()) {
      for (var segment : pool.of(star)) {
        var judgement = chains.judge(segment);
        if (judgement instanceof Judgement.Includable) {
          return true;
        }
        if (judgement instanceof Judgement.NotNext) {
          break; // What comes later does not follow either.
        }
      }
    }
    return false;
  }

  List<Segment> chosen() {
    return chosen;
  }

  List<Segment> stale() {
    return stale;
  }

  List<Rejected> rejected() {
    return rejected;
  }

  private boolean isWithin(int share) {
    return size.halfBlocks() < LayerLimits.HALF_BLOCKS_NAMED_MAX / share
        && size.bytes() < LayerLimits.BODY_BYTES_NAMED_MAX / share;
  }

  private void take(StarId star) {
    @Nullable Segment last = null;
    for (var segment : pool.of(star)) {
      if (last == null ? extendsChain(segment) : follows(last, segment)) {
        var larger = size.plus(SegmentSize.of(segment));
        if (!larger.fitsPayload()) {
          return;
        }
        size = larger;
        chosen.add(segment);
        last = segment;
      }
    }
  }

  private boolean extendsChain(Segment segment) {
    var judgement = chains.judge(segment);
    switch (judgement) {
      case Judgement.Includable _ -> {
        return true;
      }
      case Judgement.NotNext _ -> {}
      case Judgement.Included _ -> stale.add(segment);
      case Judgement.Fork _,
          Judgement.WrongHome _,
          Judgement.WrongKey _,
          Judgement.WrongNetwork _ ->
          rejected.add(new Rejected(segment, reason(judgement), judgement));
    }
    return false;
  }

  /** The reason code of a judgement that turns a segment down. */
  static Outcome reason(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Fork _ -> Outcome.FORK;
      case Judgement.WrongHome _ -> Outcome.WRONG_HOME;
      case Judgement.WrongKey _ -> Outcome.WRONG_KEY;
      case Judgement.WrongNetwork _ -> Outcome.WRONG_NETWORK;
      case Judgement.NotNext _ -> Outcome.NOT_NEXT;
      case Judgement.Includable _, Judgement.Included _ ->
          throw new IllegalArgumentException("no reason to turn it down: " + judgement);
    };
  }

  /** A key change ends what the old key may sign, so what follows waits for the next round. */
  private static boolean follows(Segment last, Segment next) {
    return next.first().sequence() == last.last().sequence() + 1
        && next.first().previous().equals(last.last().id())
        && next.key().equals(last.key())
        && !(last.last().body() instanceof Body.KeyChange);
  }
}
