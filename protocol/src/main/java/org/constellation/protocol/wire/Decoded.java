package org.constellation.protocol.wire;

import java.util.Optional;
import java.util.function.Function;

/**
 * What became of bytes that somebody sent: a value that keeps to every limit of its type, or the
 * reason why there is none. Decoding never throws.
 */
public sealed interface Decoded<T> {

  /** The bytes are the one encoding of {@code value}. */
  record Valid<T>(T value) implements Decoded<T> {}

  /**
   * The bytes are nothing.
   *
   * @param detail for a reader of logs; says what, never quotes what was sent
   */
  record Malformed<T>(Reason reason, String detail) implements Decoded<T> {}

  /** Why bytes are refused; the names are stable, since they label counters. */
  enum Reason {
    /** More bytes than the type may have. */
    TOO_LONG,
    /** Cut off, or no Protocol Buffers at all. */
    UNREADABLE,
    /** Another encoding of what may be encoded in one way only, or an unknown field. */
    NOT_CANONICAL,
    /** More elements than bytes of this number can honestly hold. */
    TOO_MANY_ELEMENTS,
    /** Something that must be there is not. */
    MISSING,
    /** A key, hash or signature of another length. */
    WRONG_LENGTH,
    /** A number beyond what its field may hold. */
    OUT_OF_RANGE,
    /** A code that stands for nothing. */
    UNKNOWN_CODE,
    /** A rule of the type itself is broken. */
    INCONSISTENT
  }

  /** The value, or nothing for a caller that does not care why. */
  default Optional<T> toOptional() {
    return switch (this) {
      case Valid<T>(var value) -> Optional.of(value);
      case Malformed<T> _ -> Optional.empty();
    };
  }

  /** The same verdict about something made of the value. */
  default <R> Decoded<R> map(Function<? super T, ? extends R> mapping) {
    return switch (this) {
      case Valid<T>(var value) -> new Valid<>(mapping.apply(value));
      case Malformed<T>(var reason, var detail) -> new Malformed<>(reason, detail);
    };
  }
}
