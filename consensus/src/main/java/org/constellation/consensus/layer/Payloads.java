package org.constellation.consensus.layer;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of one round: the first of every proposer, and any other that its broadcast wants.
 * So a proposer fills at most a few places, whatever it sends.
 */
final class Payloads {

  private final long round;
  private final LayerRules<?> rules;
  private final SortedMap<Hash, Entry> entries = new TreeMap<>();
  private final SortedMap<Integer, Hash> firsts = new TreeMap<>();

  /** How far a payload got. */
  enum State {
    /** Its form cannot be judged yet. */
    UNJUDGED,
    /** In form; bodies are missing, or were until now. */
    IN_FORM,
    /** It and all its bodies are held. */
    HELD,
    /** No correct member votes for it. */
    INVALID
  }

  /** A payload. */
  static final class Entry {
    private final int proposer;
    private final Hash digest;
    private final Bytes payload;
    private State state = State.UNJUDGED;
    private Set<Hash> references = Set.of();
    private Set<Hash> missing = Set.of();
    private BodySize held = BodySize.NONE;
    private @Nullable String reason;

    private Entry(int proposer, Hash digest, Bytes payload) {
      this.proposer = proposer;
      this.digest = digest;
      this.payload = payload;
    }

    int proposer() {
      return proposer;
    }

    Hash digest() {
      return digest;
    }

    Bytes payload() {
      return payload;
    }

    State state() {
      return state;
    }

    Set<Hash> references() {
      return Collections.unmodifiableSet(references);
    }

    Set<Hash> missing() {
      return Collections.unmodifiableSet(missing);
    }

    String reason() {
      return reason == null ? "" : reason;
    }
  }

  Payloads(long round, LayerRules<?> rules) {
    this.round = round;
    this.rules = rules;
  }

  /** What a proposer's vote names: it covers round and proposer, so it serves nowhere else. */
  static Hash digest(long round, int proposer, Bytes payload) {
    return Hashing.tagged("CSTL-V1-PAYLOAD").number(round).number(proposer).bytes(payload).finish();
  }

  /** Stores a payload if it is its proposer's first, or wanted. */
  Optional<Entry> offer(int proposer, Bytes payload, Collection<Hash> wanted) {
    var digest = digest(round, proposer, payload);
    if (entries.containsKey(digest)) {
      return Optional.empty();
    }
    if (firsts.putIfAbsent(proposer, digest) != null && !wanted.contains(digest)) {
      return Optional.empty();
    }
    var entry = new Entry(proposer, digest, payload);
    entries.put(digest, entry);
    return Optional.of(entry);
  }

  Optional<Entry> get(Hash digest) {
    return Optional.ofNullable(entries.get(digest));
  }

  Collection<Entry> all() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /** Whether {@code entry} became held or was found invalid just now. */
  boolean judge(Entry entry) {
    if (isSettled(entry)) {
      return false;
    }
    if (entry.state == State.UNJUDGED) {
      examine(entry);
    }
    if (entry.state == State.IN_FORM) {
      gather(entry);
    }
    return isSettled(entry);
  }

  /**
   * Counts what has arrived, and stops as soon as it is too much: sums only grow, so it will be too
   * much for everybody. One body alone is judged with the whole.
   */
  private void gather(Entry entry) {
    var each = entry.missing.iterator();
    while (each.hasNext()) {
      var reference = each.next();
      if (rules.holds(reference)) {
        each.remove();
        entry.held = entry.held.plus(rules.sizeOf(reference));
        if (entry.references.size() - entry.missing.size() > 1 && !entry.held.fitsPayload()) {
          refuse(entry, "names more than allowed");
          return;
        }
      }
    }
    if (entry.missing.isEmpty()) {
      settle(entry);
    }
  }

  private static boolean isSettled(Entry entry) {
    return switch (entry.state) {
      case HELD, INVALID -> true;
      case UNJUDGED, IN_FORM -> false;
    };
  }

  private void examine(Entry entry) {
    if (entry.payload.length() > LayerLimits.PAYLOAD_BYTES_MAX) {
      refuse(entry, "longer than allowed");
      return;
    }
    switch (rules.examine(entry.payload)) {
      case Examined.Valid(var references) -> {
        entry.references = new LinkedHashSet<>(references);
        entry.missing = new LinkedHashSet<>(references);
        entry.state = State.IN_FORM;
      }
      case Examined.Invalid(var reason) -> refuse(entry, reason);
      case Examined.Later(var reason) -> entry.reason = reason;
    }
  }

  private void settle(Entry entry) {
    if (rules.isWithinLimits(entry.payload)) {
      entry.state = State.HELD;
    } else {
      refuse(entry, "names more than allowed");
    }
  }

  private static void refuse(Entry entry, String reason) {
    entry.state = State.INVALID;
    entry.missing = Set.of();
    entry.reason = reason;
  }
}
