package org.constellation.protocol.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import org.constellation.protocol.wire.Decoded.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The one permitted encoding of a message type, so that nobody can send the same content in two
 * shapes: fields ascend by number, none is unknown, none comes twice unless it is repeated, of a
 * oneof at most one is there, a field without presence is absent when it has its default value,
 * repeated numbers are packed, and no number or length is padded. It is what every Protocol Buffers
 * writer that orders fields by number puts out.
 *
 * <p>Walking the bytes allocates nothing, and refuses those that would make the parser allocate far
 * more than their own length.
 */
final class CanonicalForm {

  /** Elements of repeated fields that a message of any length may have. */
  private static final int ELEMENTS_FREE = 1_024;

  /** Bytes of message per further element. */
  private static final int BYTES_PER_ELEMENT = 8;

  /** Largest field number that a type may use. */
  private static final int NUMBER_MAX = 63;

  private final @Nullable Field[] fields;

  private CanonicalForm(@Nullable Field[] fields) {
    this.fields = fields;
  }

  private enum Kind {
    UINT64,
    UINT32,
    ENUM,
    BOOL,
    LENGTH,
    MESSAGE
  }

  /**
   * @param presence whether an explicit default value differs from none
   * @param oneof its number in the type, or -1
   * @param nested form of a message field
   */
  private record Field(
      Kind kind, boolean repeated, boolean presence, int oneof, @Nullable CanonicalForm nested) {

    boolean packed() {
      return repeated && kind != Kind.LENGTH && kind != Kind.MESSAGE;
    }

    int wireType() {
      return kind == Kind.LENGTH || kind == Kind.MESSAGE || repeated ? 2 : 0;
    }
  }

  static CanonicalForm of(Descriptor type) {
    var fields = new @Nullable Field[NUMBER_MAX + 1];
    for (var field : type.getFields()) {
      fields[field.getNumber()] = fieldOf(field);
    }
    return new CanonicalForm(fields);
  }

  private static Field fieldOf(FieldDescriptor field) {
    var oneof = field.getContainingOneof();
    return new Field(
        kindOf(field),
        field.isRepeated(),
        field.hasPresence(),
        oneof == null ? -1 : oneof.getIndex(),
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            ? of(field.getMessageType())
            : null);
  }

  private static Kind kindOf(FieldDescriptor field) {
    return switch (field.getType()) {
      case UINT64 -> Kind.UINT64;
      case UINT32, SINT32 -> Kind.UINT32;
      case ENUM -> Kind.ENUM;
      case BOOL -> Kind.BOOL;
      case BYTES, STRING -> Kind.LENGTH;
      case MESSAGE -> Kind.MESSAGE;
      case DOUBLE, FLOAT, INT64, INT32, FIXED64, FIXED32, GROUP, SFIXED32, SFIXED64, SINT64 ->
          throw new IllegalStateException("the wire format has no " + field.getType());
    };
  }

  /** Returns if {@code bytes} are in canonical form, else throws a {@link Rejection}. */
  void check(byte[] bytes) {
    var walk = new Walk(bytes);
    message(walk, bytes.length);
  }

  private void message(Walk walk, int end) {
    var previous = 0;
    var oneofs = 0L;
    while (walk.position < end) {
      var tag = walk.varint(end);
      var number = tag >>> 3;
      var field = number < 1 || number > NUMBER_MAX ? null : fields[(int) number];
      if (field == null || (tag & 7) != field.wireType()) {
        throw notCanonical("an unknown field");
      }
      if (number < previous || (number == previous && (!field.repeated || field.packed()))) {
        throw notCanonical("field " + number + " out of order");
      }
      previous = (int) number;
      if (field.oneof >= 0) {
        var mark = 1L << field.oneof;
        if ((oneofs & mark) != 0) {
          throw notCanonical("two fields where there is one");
        }
        oneofs |= mark;
      }
      value(walk, field, end);
    }
  }

  private static void value(Walk walk, Field field, int end) {
    if (field.wireType() == 0) {
      number(walk, field, end, field.presence);
      return;
    }
    var length = walk.varint(end);
    if (length < 0 || length > end - walk.position) {
      throw new Rejection(Reason.UNREADABLE, "a length beyond the end");
    }
    var fieldEnd = walk.position + (int) length;
    if (field.packed()) {
      packed(walk, field, fieldEnd);
      return;
    }
    if (field.repeated) {
      walk.countElement();
    }
    if (field.nested != null) {
      field.nested.message(walk, fieldEnd);
    } else if (length == 0 && !field.repeated && !field.presence) {
      throw notCanonical("an explicit default value");
    }
    walk.position = fieldEnd;
  }

  private static void packed(Walk walk, Field field, int end) {
    if (walk.position == end) {
      throw notCanonical("an empty list of numbers");
    }
    while (walk.position < end) {
      walk.countElement();
      number(walk, field, end, true);
    }
  }

  private static void number(Walk walk, Field field, int end, boolean zeroAllowed) {
    var value = walk.varint(end);
    if (value == 0 && !zeroAllowed) {
      throw notCanonical("an explicit default value");
    }
    var fits =
        switch (field.kind) {
          case UINT64 -> true;
          case UINT32 -> value >>> 32 == 0;
          case ENUM -> value >>> 31 == 0;
          case BOOL -> value >>> 1 == 0;
          case LENGTH, MESSAGE -> false;
        };
    if (!fits) {
      throw notCanonical("a number too large for its field");
    }
  }

  private static Rejection notCanonical(String detail) {
    return new Rejection(Reason.NOT_CANONICAL, detail);
  }

  /** Where in the bytes we are, and how many more elements they may have. */
  private static final class Walk {

    private final byte[] bytes;
    private int position;
    private int elementsLeft;

    Walk(byte[] bytes) {
      this.bytes = bytes;
      this.elementsLeft = ELEMENTS_FREE + bytes.length / BYTES_PER_ELEMENT;
    }

    void countElement() {
      if (--elementsLeft < 0) {
        throw new Rejection(Reason.TOO_MANY_ELEMENTS, "too many elements for this length");
      }
    }

    /** Reads an unpadded number of at most 64 bits that ends before {@code end}. */
    long varint(int end) {
      var value = 0L;
      for (var shift = 0; shift < Long.SIZE; shift += 7) {
        if (position >= end) {
          throw new Rejection(Reason.UNREADABLE, "a number beyond the end");
        }
        var next = bytes[position++];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          if ((next == 0 && shift > 0) || (shift == 63 && next > 1)) {
            throw notCanonical("a padded number");
          }
          return value;
        }
      }
      throw new Rejection(Reason.UNREADABLE, "a number without end");
    }
  }
}
