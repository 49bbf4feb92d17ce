package org.constellation.protocol.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.function.Function;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.wire.Decoded.Reason;

/**
 * One kind of message on the wire: how long it may be and how it is read. Reading goes in three
 * steps, each of which may refuse: {@link CanonicalForm} walks the bytes without allocating
 * anything, the generated parser reads them, and a reader makes the domain's value.
 *
 * <p>Public so that other modules can give messages of their own the same treatment.
 *
 * @param <M> generated type
 */
public final class MessageFormat<M extends MessageLite> {

  private final Parser<M> parser;
  private final CanonicalForm form;
  private final int bytesMax;

  private MessageFormat(Parser<M> parser, CanonicalForm form, int bytesMax) {
    this.parser = parser;
    this.form = form;
    this.bytesMax = bytesMax;
  }

  /** A message of at most {@code bytesMax} bytes; its type must not contain itself. */
  public static <M extends MessageLite> MessageFormat<M> of(
      Parser<M> parser, Descriptor type, int bytesMax) {
    return new MessageFormat<>(parser, CanonicalForm.of(type), bytesMax);
  }

  /**
   * Reads what somebody sent.
   *
   * @param reader makes the value; an {@link IllegalArgumentException} of it counts as {@link
   *     Reason#INCONSISTENT}
   */
  public <T> Decoded<T> decode(Bytes bytes, Function<? super M, ? extends T> reader) {
    try {
      return new Decoded.Valid<>(reader.apply(parse(bytes)));
    } catch (Rejection e) {
      return new Decoded.Malformed<>(e.reason(), e.detail());
    } catch (IllegalArgumentException e) {
      return new Decoded.Malformed<>(Reason.INCONSISTENT, String.valueOf(e.getMessage()));
    }
  }

  /** As {@link #decode}, for bytes inside another message that is being read. */
  M parse(Bytes bytes) {
    if (bytes.length() > bytesMax) {
      throw new Rejection(
          Reason.TOO_LONG, bytes.length() + " bytes where " + bytesMax + " are allowed");
    }
    var array = bytes.toArray();
    form.check(array);
    try {
      return parser.parseFrom(array);
    } catch (InvalidProtocolBufferException e) {
      throw new Rejection(Reason.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  /** The one encoding of {@code message}. */
  public Bytes encode(M message) {
    var bytes = Bytes.copyOf(message.toByteArray());
    if (bytes.length() > bytesMax) {
      throw new IllegalArgumentException(
          bytes.length() + " bytes where " + bytesMax + " are allowed");
    }
    return bytes;
  }
}
