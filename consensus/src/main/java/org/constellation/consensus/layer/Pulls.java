package org.constellation.consensus.layer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.consensus.MemberSet;
import org.constellation.protocol.Bytes;

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
    private int source = -1;
    private boolean isContinued;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream(0);

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
    // Two payloads may name one body: whoever should hold it for either of them is asked.
    known.holders = known.neededIn == pass ? known.holders.union(holders) : holders;
    known.neededIn = pass;
  }

  /** Asks for everything that is due; the number of messages sent. */
  <B> int send(Turn<B> turn) {
    open.values().removeIf(one -> one.neededIn != pass);
    var items = new TreeMap<Integer, List<LayerMessage.PullItem>>();
    open.forEach(
        (key, one) -> {
          if (one.nextMillis <= turn.nowMillis() && !one.holders.isEmpty()) {
            var target = one.isContinued ? one.source : nextTarget(one);
            var list = items.computeIfAbsent(target, _ -> new ArrayList<>());
            if (list.size() < LayerLimits.PULL_ITEMS_MAX) {
              if (target != one.source) {
                one.partial.reset();
              }
              one.source = target;
              list.add(new LayerMessage.PullItem(key, one.partial.size()));
              one.nextMillis = turn.nowMillis() + patience(one.isContinued ? 0 : one.asked++);
              one.isContinued = false;
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
   * Takes a part. What comes whole is welcome from anybody, since it is checked anyway; what comes
   * in parts must come from the member that was asked last. Late answers to pulls that were served
   * by somebody else are normal and ignored.
   */
  Optional<Arrived> take(int member, LayerMessage.Part part, long nowMillis) {
    var one = open.get(part.key());
    if (one == null || part.total() < 0 || part.total() > bytesMax(part.key())) {
      return Optional.empty();
    }
    if (part.offset() == 0 && part.bytes().length() == part.total()) {
      one.partial.reset();
      return Optional.of(new Arrived(part.key(), one.round, one.proposer, part.bytes()));
    }
    if (member != one.source || part.offset() < 0 || part.bytes().length() == 0) {
      return Optional.empty();
    }
    if (part.offset() == 0) {
      one.partial.reset();
    }
    if (part.offset() != one.partial.size()
        || part.bytes().length() > part.total() - one.partial.size()) {
      one.partial.reset();
      return Optional.empty();
    }
    one.partial.writeBytes(part.bytes().toArray());
    if (one.partial.size() < part.total()) {
      // Progress: the rest is asked for at once, and from the same member.
      one.nextMillis = nowMillis;
      one.isContinued = true;
      return Optional.empty();
    }
    var whole = Bytes.copyOf(one.partial.toByteArray());
    one.partial.reset();
    return Optional.of(new Arrived(part.key(), one.round, one.proposer, whole));
  }

  private static int bytesMax(PullKey key) {
    return switch (key) {
      case PullKey.OfPayload _ -> LayerLimits.PAYLOAD_BYTES_MAX;
      case PullKey.OfBody _ -> LayerLimits.BODY_BYTES_MAX;
      case PullKey.OfBlock _ -> LayerLimits.BLOCK_BYTES_MAX;
    };
  }

  /** What arrived was right. */
  void served(PullKey key) {
    open.remove(key);
  }
}
