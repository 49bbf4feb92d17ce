package org.constellation.consensus.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that this member holds, each found right by itself. One that nothing keeps on the shelf is
 * taken away some rounds after it was last asked for.
 *
 * @param <T> the body, read
 */
public final class BodyShelf<T> {

  /** Certified rounds for which a body stays that nobody asked for; covers every open round. */
  public static final int ROUNDS_KEPT = LayerLimits.ROUNDS_AHEAD_MAX + 3;

  private final Map<Hash, Stored<T>> bodies = new LinkedHashMap<>();
  private long round;
  private long bytes;

  private static final class Stored<T> {
    private final T body;
    private final Bytes encoded;
    private long touched;

    private Stored(T body, Bytes encoded, long touched) {
      this.body = body;
      this.encoded = encoded;
      this.touched = touched;
    }
  }

  /** Puts a checked body on the shelf; whether it was not there. */
  public boolean put(Hash reference, T body, Bytes encoded) {
    if (bodies.putIfAbsent(reference, new Stored<>(body, encoded, round)) != null) {
      return false;
    }
    bytes += encoded.length();
    return true;
  }

  /** Whether it is there; asking keeps it there. */
  public boolean holds(Hash reference) {
    return touched(reference) != null;
  }

  /** The body. */
  public Optional<T> get(Hash reference) {
    var stored = touched(reference);
    return stored == null ? Optional.empty() : Optional.of(stored.body);
  }

  /** The body as it travels. */
  public Optional<Bytes> encoded(Hash reference) {
    var stored = touched(reference);
    return stored == null ? Optional.empty() : Optional.of(stored.encoded);
  }

  /** How many bytes all bodies have. */
  public long bytes() {
    return bytes;
  }

  /** How many bodies there are. */
  public int size() {
    return bodies.size();
  }

  /** Notes the newest certified round and takes away what is old and not {@code kept}. */
  public void sweep(long certifiedRound, Predicate<? super Hash> kept) {
    round = certifiedRound;
    var each = bodies.entrySet().iterator();
    while (each.hasNext()) {
      var entry = each.next();
      if (entry.getValue().touched + ROUNDS_KEPT < round && !kept.test(entry.getKey())) {
        bytes -= entry.getValue().encoded.length();
        each.remove();
      }
    }
  }

  private @Nullable Stored<T> touched(Hash reference) {
    var stored = bodies.get(reference);
    if (stored != null) {
      stored.touched = round;
    }
    return stored;
  }
}
