package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.consensus.Frozen;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Slot;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.SignedMessage;

/** Everything that a member's journal holds when it starts; nothing on its very first start. */
public final class LayerRecall {

  private final NavigableMap<Long, Bytes> blocks = new TreeMap<>();
  private final NavigableMap<Long, Bytes> adopted = new TreeMap<>();
  private final SortedMap<Long, Round> rounds = new TreeMap<>();
  private final Map<Hash, Bytes> bodies = new LinkedHashMap<>();

  /** One round's records. */
  private static final class Round {
    private final List<Vote> votes = new ArrayList<>();
    private final List<Frozen> frozen = new ArrayList<>();
    private final List<JournalRecord.Payload> payloads = new ArrayList<>();
    private final TreeMap<Integer, SignedMessage> heard = new TreeMap<>();
    private Optional<Bytes> proposed = Optional.empty();
  }

  private LayerRecall() {}

  /** The recall of a journal that was created just now. */
  public static LayerRecall nothing() {
    return new LayerRecall();
  }

  /** The recall of these records, in the order in which they were written. */
  public static LayerRecall of(Collection<? extends JournalRecord> records) {
    var recall = new LayerRecall();
    records.forEach(recall::add);
    return recall;
  }

  /**
   * The same, and certified blocks that came from elsewhere and that the journal lacks: the chain
   * goes on after the last of them. The rounds in between are passed over; the member says nothing
   * in them any more.
   *
   * @param blocks ascending without a gap, all of later rounds than those of the journal
   */
  public LayerRecall adopting(SortedMap<Long, Bytes> blocks) {
    if (!blocks.isEmpty() && !this.blocks.isEmpty() && blocks.firstKey() <= this.blocks.lastKey()) {
      throw new IllegalArgumentException(
          "the journal knows round " + this.blocks.lastKey() + " already");
    }
    var more = new LayerRecall();
    more.blocks.putAll(this.blocks);
    more.rounds.putAll(rounds);
    more.bodies.putAll(bodies);
    more.adopted.putAll(blocks);
    return more;
  }

  private void add(JournalRecord entry) {
    switch (entry) {
      case JournalRecord.Certified(var round, var encoded) -> blocks.put(round, encoded);
      case JournalRecord.Body(_, var reference, var body) -> bodies.put(reference, body);
      case JournalRecord.Proposed(var round, var payload) ->
          round(round).proposed = Optional.of(payload);
      case JournalRecord.Payload payload -> round(payload.round()).payloads.add(payload);
      case JournalRecord.Sent(var round, var vote) -> round(round).votes.add(vote);
      case JournalRecord.Heard(var round, var member, var message) ->
          round(round).heard.putIfAbsent(member, message);
      case JournalRecord.Froze(var round, var frozen) -> round(round).frozen.add(frozen);
    }
  }

  private Round round(long round) {
    return rounds.computeIfAbsent(round, _ -> new Round());
  }

  NavigableMap<Long, Bytes> blocks() {
    return Collections.unmodifiableNavigableMap(blocks);
  }

  NavigableMap<Long, Bytes> adopted() {
    return Collections.unmodifiableNavigableMap(adopted);
  }

  Map<Hash, Bytes> bodies() {
    return Collections.unmodifiableMap(bodies);
  }

  /** The rounds in which this member took part. */
  NavigableSet<Long> rounds() {
    return new TreeSet<>(rounds.keySet());
  }

  Recall machines(long round) {
    var known = rounds.get(round);
    return known == null ? Recall.nothing() : Recall.of(known.votes, known.frozen);
  }

  Optional<VoteValue> sent(long round, Slot slot) {
    return machines(round).sent(slot);
  }

  Optional<Bytes> proposed(long round) {
    var known = rounds.get(round);
    return known == null ? Optional.empty() : known.proposed;
  }

  /** A vote of each other member that this one had heard before it said its last. */
  SortedMap<Integer, SignedMessage> heard(long round) {
    var known = rounds.get(round);
    return known == null
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(known.heard);
  }

  List<JournalRecord.Payload> payloads(long round) {
    var known = rounds.get(round);
    return known == null ? List.of() : Collections.unmodifiableList(known.payloads);
  }
}
