package org.constellation.consensus.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;

/**
 * Bodies that this member holds, each found right by itself. Two things keep one here: that a round
 * asked for it, for some certified rounds, or that its owner says so. Without the second, it goes
 * some rounds after it came or was last asked for; without either, it may go whenever there is too
 * much. That somebody else reads it keeps nothing.
 *
 * @param <T> the body, read
 */
public final class BodyShelf<T> {

  /** Certified rounds for which a body stays that a round asked for; covers every open round. */
  public static final int ROUNDS_KEPT = LayerLimits.ROUNDS_AHEAD_MAX + 3;

  private final Map<Hash, Stored<T>> bodies = new LinkedHashMap<>();
  private final long bytesMax;
  private long round;
  private long bytes;

  private static final class Stored<T> {
    private final T body;
    private final Bytes encoded;
    private long touched;
    private boolean needed;

    private Stored(T body, Bytes encoded, long touched) {
      this.body = body;
      this.encoded = encoded;
      this.touched = touched;
    }
  }

  /** A shelf that should hold at most {@link LayerLimits#SHELF_BYTES_MAX}. */
  public BodyShelf() {
    this(LayerLimits.SHELF_BYTES_MAX);
  }

  BodyShelf(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Learns which round was certified before this member started. */
  public void startAt(long certifiedRound) {
    round = Math.max(round, certifiedRound);
  }

  /** Puts a checked body on the shelf; whether it was not there. */
  public boolean put(Hash reference, T body, Bytes encoded) {
    if (bodies.putIfAbsent(reference, new Stored<>(body, encoded, round)) != null) {
      return false;
    }
    bytes += encoded.length();
    return true;
  }

  /** Whether it is there. */
  public boolean contains(Hash reference) {
    return bodies.containsKey(reference);
  }

  /** Whether it is there for a round that needs it; asking keeps it there. */
  public boolean holds(Hash reference) {
    var stored = bodies.get(reference);
    if (stored == null) {
      return false;
    }
    stored.touched = round;
    stored.needed = true;
    return true;
  }

  /** The body. */
  public Optional<T> get(Hash reference) {
    return Optional.ofNullable(bodies.get(reference)).map(stored -> stored.body);
  }

  /** The body as it travels. */
  public Optional<Bytes> encoded(Hash reference) {
    return Optional.ofNullable(bodies.get(reference)).map(stored -> stored.encoded);
  }

  /** How many bytes all bodies have. */
  public long bytes() {
    return bytes;
  }

  /** How many bodies there are. */
  public int size() {
    return bodies.size();
  }

  /** Whether there is more than there should be. */
  public boolean isOverfull() {
    return bytes > bytesMax;
  }

  /** Notes the newest certified round and takes away what is old and not {@code kept}. */
  public void sweep(long certifiedRound, Predicate<? super Hash> kept) {
    round = certifiedRound;
    var each = bodies.entrySet().iterator();
    while (each.hasNext()) {
      var entry = each.next();
      if (isOld(entry.getValue()) && !kept.test(entry.getKey())) {
        bytes -= entry.getValue().encoded.length();
        each.remove();
      }
    }
  }

  /** While there is too much, takes away what no round needs and is not {@code kept}. */
  public void relieve(Predicate<? super Hash> kept) {
    var each = bodies.entrySet().iterator();
    while (isOverfull() && each.hasNext()) {
      var entry = each.next();
      if (!isNeeded(entry.getValue()) && !kept.test(entry.getKey())) {
        bytes -= entry.getValue().encoded.length();
        each.remove();
      }
    }
  }

  /** Takes a body away unless a round needs it; whether it is gone. */
  public boolean evict(Hash reference) {
    var stored = bodies.get(reference);
    if (stored == null) {
      return true;
    }
    if (isNeeded(stored)) {
      return false;
    }
    bytes -= stored.encoded.length();
    bodies.remove(reference);
    return true;
  }

  private boolean isNeeded(Stored<T> stored) {
    return stored.needed && !isOld(stored);
  }

  private boolean isOld(Stored<T> stored) {
    return stored.touched + ROUNDS_KEPT < round;
  }
}
