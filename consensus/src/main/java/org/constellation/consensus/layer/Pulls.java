package org.constellation.consensus.layer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.protocol.Bytes;

/**
 * What this member lacks and asks for: one open pull per thing, from those who should hold it in
 * turn, with growing patience. Whoever needs something says so again at every tick; a pull that
 * nobody needs any more is dropped.
 *
 * <p>Those who are asked may be faulty. None of them keeps a pull to itself: a source must send
 * long parts and soon, or the next one is asked. None spoils what another sent: only the source
 * adds to what is there, and a thing that came whole is judged apart from it. Who sent something
 * wrong is not asked for that thing again, nor heard about it.
 */
final class Pulls {

  /** How often in a row a source may be asked for the rest before the next member is asked. */
  private static final int SILENT_ASKS_MAX = 3;

  /** Most needs noted of one thing; correct proposers cause one. */
  private static final int NEEDS_MAX = 64;

  /** Most bytes of parts that one member may have lying here: enough for the longest thing. */
  private static final long PARTIAL_BYTES_MAX = LayerLimits.BLOCK_BYTES_MAX;

  private final LayerTiming timing;
  private final Map<PullKey, Open> open = new LinkedHashMap<>();

  /** Places taken in this pass, by the member for whose payloads; payloads and blocks come last. */
  private final int[] places;

  private final int placesMax;
  private long pass;

  /**
   * What a thing is needed for.
   *
   * @param proposer whose payload it is, or is named in
   */
  record Need(long round, int proposer) implements Comparable<Need> {
    @Override
    public int compareTo(Need other) {
      var byRound = Long.compare(round, other.round);
      return byRound != 0 ? byRound : Integer.compare(proposer, other.proposer);
    }
  }

  /** What a part was good for. */
  sealed interface Taken {

    /** It is kept, or came too late, or from nobody who was asked. */
    record Nothing() implements Taken {}

    /** No correct member sends it. */
    record Wrong() implements Taken {}

    /**
     * The thing is whole, and yet to be judged.
     *
     * @param needs all that it was asked for, since the first member was asked: who was asked for
     *     the sake of one of them answers rightly if the thing serves that one
     */
    record Whole(List<Need> needs, Bytes bytes) implements Taken {
      public Whole {
        needs = List.copyOf(needs);
      }
    }
  }

  /** One thing. */
  private static final class Open {
    private final TreeSet<Need> needs = new TreeSet<>();
    private MemberSet holders = MemberSet.EMPTY;
    private MemberSet asked = MemberSet.EMPTY;
    private MemberSet refused = MemberSet.EMPTY;
    private long neededIn;
    private long nextMillis;
    private int asks;
    private int source = -1;
    private int silentAsks;
    private int total;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream(0);

    private Open(long nextMillis) {
      this.nextMillis = nextMillis;
    }

    /** The source goes on with what it began. */
    private boolean isContinued() {
      return partial.size() > 0 && silentAsks < SILENT_ASKS_MAX;
    }

    private Optional<Integer> target() {
      if (isContinued()) {
        return Optional.of(source);
      }
      var able = new MemberSet(holders.bits() & ~refused.bits()).members();
      return able.isEmpty() ? Optional.empty() : Optional.of(able.get(asks % able.size()).value());
    }

    private void refuse(int member) {
      refused = refused.with(new MemberIndex(member));
      if (member == source) {
        partial.reset();
      }
    }
  }

  Pulls(LayerTiming timing, int members) {
    this.timing = timing;
    this.places = new int[members + 1];
    this.placesMax = LayerLimits.PULLS_OPEN_MAX / (members + 1);
  }

  int size() {
    return open.size();
  }

  /** Bytes of things that are not whole yet. */
  long partialBytes() {
    return open.values().stream().mapToLong(one -> one.partial.size()).sum();
  }

  /** Begins to collect needs; those not said again by {@link #send} are dropped. */
  void begin() {
    pass++;
    Arrays.fill(places, 0);
  }

  /**
   * Needs {@code key} from any of {@code holders}. Of all bodies that one member's payloads name,
   * only so many are asked for at a time, and those needed first come first: who names what nobody
   * has takes no place from others, nor from its own earlier payloads.
   */
  void want(PullKey key, Need need, MemberSet holders, long nowMillis) {
    var known = open.get(key);
    if (known == null || known.neededIn != pass) {
      var share = share(key, need);
      if (places[share] >= placesMax) {
        return;
      }
      places[share]++;
    }
    if (known == null || (known.needs.size() >= NEEDS_MAX && !known.needs.contains(need))) {
      // Also begun anew where needs pile up: only faulty proposers name one thing again and again.
      known = new Open(nowMillis + timing.pullPatience());
      open.put(key, known);
    }
    known.needs.add(need);
    // Two payloads may name one body: whoever should hold it for either of them is asked.
    known.holders = known.neededIn == pass ? known.holders.union(holders) : holders;
    known.neededIn = pass;
  }

  private int share(PullKey key, Need need) {
    return switch (key) {
      case PullKey.OfBody _ -> need.proposer();
      case PullKey.OfPayload _, PullKey.OfBlock _ -> places.length - 1;
    };
  }

  /** Asks for everything that is due; the number of messages sent. */
  <B> int send(Turn<B> turn) {
    open.values().removeIf(one -> one.neededIn != pass);
    var items = new TreeMap<Integer, List<LayerMessage.PullItem>>();
    open.forEach(
        (key, one) -> {
          var target = one.target();
          if (one.nextMillis <= turn.nowMillis() && target.isPresent()) {
            var list = items.computeIfAbsent(target.get(), _ -> new ArrayList<>());
            if (list.size() < LayerLimits.PULL_ITEMS_MAX) {
              ask(one, target.get(), turn.nowMillis());
              list.add(new LayerMessage.PullItem(key, one.partial.size()));
            }
          }
        });
    items.forEach(
        (member, list) ->
            turn.step().answer(member, LayerCodec.encode(new LayerMessage.Pull(list))));
    return items.size();
  }

  private void ask(Open one, int target, long nowMillis) {
    if (one.isContinued()) {
      one.silentAsks++;
      one.nextMillis = nowMillis + patience(0);
      return;
    }
    if (target != one.source) {
      one.partial.reset();
    }
    one.source = target;
    one.silentAsks = 0;
    one.asked = one.asked.with(new MemberIndex(target));
    one.nextMillis = nowMillis + patience(one.asks++);
  }

  private long patience(int asked) {
    return Math.min(timing.pullRetryMax(), timing.pullRetry() << Math.min(asked, 16));
  }

  /**
   * Takes a part. What comes whole is welcome from all who were asked, since it is checked anyway;
   * what comes in parts must come from the member that was asked last. Late answers to pulls that
   * were served by somebody else are normal and ignored.
   */
  Taken take(int member, LayerMessage.Part part, long nowMillis) {
    var one = open.get(part.key());
    var from = new MemberIndex(member);
    if (one == null || !one.asked.contains(from) || one.refused.contains(from)) {
      return new Taken.Nothing();
    }
    if (part.total() < 0 || part.total() > bytesMax(part.key()) || part.offset() < 0) {
      return wrong(one, member);
    }
    if (part.offset() == 0 && part.bytes().length() == part.total()) {
      return new Taken.Whole(List.copyOf(one.needs), part.bytes());
    }
    if (member != one.source || part.offset() != one.partial.size()) {
      return new Taken.Nothing();
    }
    var rest = part.total() - part.offset();
    if ((part.offset() > 0 && part.total() != one.total)
        || part.bytes().length() > rest
        || part.bytes().length() < Math.min(rest, LayerLimits.PART_BYTES_MIN)) {
      return wrong(one, member);
    }
    if (partialBytesOf(member) + part.bytes().length() > PARTIAL_BYTES_MAX) {
      return new Taken.Nothing();
    }
    one.total = part.total();
    one.partial.writeBytes(part.bytes().toArray());
    one.silentAsks = 0;
    if (one.partial.size() < part.total()) {
      // Progress: the rest is asked for at once, and from the same member.
      one.nextMillis = nowMillis;
      return new Taken.Nothing();
    }
    var whole = Bytes.copyOf(one.partial.toByteArray());
    one.partial.reset();
    return new Taken.Whole(List.copyOf(one.needs), whole);
  }

  private long partialBytesOf(int member) {
    return open.values().stream()
        .filter(one -> one.source == member)
        .mapToLong(one -> one.partial.size())
        .sum();
  }

  private static Taken wrong(Open one, int member) {
    one.refuse(member);
    return new Taken.Wrong();
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

  /** What {@code member} sent was something else. */
  void refused(PullKey key, int member) {
    var one = open.get(key);
    if (one != null) {
      one.refuse(member);
    }
  }
}
