package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.consensus.MemberSet;
import org.constellation.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What this member lacks and asks for: one open pull per thing, from those who should hold it in
 * turn, with growing patience. Whoever needs something says so again at every tick; a pull that
 * nobody needs any more is dropped.
 */
final class Pulls {

  private final LayerTiming timing;
  private final Map<PullKey, Open> open = new LinkedHashMap<>();
  private long pass;

  /** One thing. */
  private static final class Open {
    private final long round;
    private final int proposer;
    private MemberSet holders;
    private long neededIn;
    private long nextMillis;
    private int asked;
    private byte @Nullable [] partial;
    private int have;

    private Open(long round, int proposer, MemberSet holders, long nextMillis) {
      this.round = round;
      this.proposer = proposer;
      this.holders = holders;
      this.nextMillis = nextMillis;
    }
  }

  /**
   * Something that arrived in full.
   *
   * @param round that needs it
   * @param proposer whose payload it is or was named in
   */
  record Arrived(PullKey key, long round, int proposer, Bytes bytes) {}

  Pulls(LayerTiming timing) {
    this.timing = timing;
  }

  int size() {
    return open.size();
  }

  /** Begins to collect needs; those not said again by {@link #send} are dropped. */
  void begin() {
    pass++;
  }

  /** Needs {@code key} from any of {@code holders}. */
  void want(PullKey key, long round, int proposer, MemberSet holders, long nowMillis) {
    var known = open.get(key);
    if (known == null) {
      if (open.size() >= LayerLimits.PULLS_OPEN_MAX) {
        return;
      }
      known = new Open(round, proposer, holders, nowMillis + timing.pullPatience());
      open.put(key, known);
    }
    known.holders = holders;
    known.neededIn = pass;
  }

  /** Asks for everything that is due; the number of messages sent. */
  <B> int send(Turn<B> turn) {
    open.values().removeIf(one -> one.neededIn != pass);
    var items = new TreeMap<Integer, List<LayerMessage.PullItem>>();
    open.forEach(
        (key, one) -> {
          if (one.nextMillis <= turn.nowMillis() && !one.holders.isEmpty()) {
            var target = nextTarget(one);
            var list = items.computeIfAbsent(target, _ -> new ArrayList<>());
            if (list.size() < LayerLimits.PULL_ITEMS_MAX) {
              list.add(new LayerMessage.PullItem(key, one.have));
              one.nextMillis = turn.nowMillis() + patience(one.asked++);
            }
          }
        });
    items.forEach(
        (member, list) ->
            turn.step().answer(member, LayerCodec.encode(new LayerMessage.Pull(list))));
    return items.size();
  }

  private static int nextTarget(Open one) {
    var holders = one.holders.members();
    return holders.get(one.asked % holders.size()).value();
  }

  private long patience(int asked) {
    return Math.min(timing.pullRetryMax(), timing.pullRetry() << Math.min(asked, 16));
  }

  /**
   * Takes a part. Late answers to pulls that were served by somebody else are normal and ignored.
   */
  Optional<Arrived> take(LayerMessage.Part part, long nowMillis) {
    var one = open.get(part.key());
    if (one == null || part.total() > LayerLimits.PULLED_BYTES_MAX || part.total() < 0) {
      return Optional.empty();
    }
    if (one.partial == null || part.offset() == 0) {
      one.partial = new byte[part.total()];
      one.have = 0;
    }
    var bytes = part.bytes().toArray();
    if (part.total() != one.partial.length
        || part.offset() != one.have
        || bytes.length > one.partial.length - one.have) {
      one.partial = null;
      one.have = 0;
      return Optional.empty();
    }
    System.arraycopy(bytes, 0, one.partial, one.have, bytes.length);
    one.have += bytes.length;
    if (one.have < one.partial.length) {
      // Progress: the rest is asked for at once, and from the same member.
      one.nextMillis = nowMillis;
      one.asked = Math.max(0, one.asked - 1);
      return Optional.empty();
    }
    var whole = Bytes.copyOf(one.partial);
    one.partial = null;
    one.have = 0;
    return Optional.of(new Arrived(part.key(), one.round, one.proposer, whole));
  }

  /** What arrived was right. */
  void served(PullKey key) {
    open.remove(key);
  }
}
