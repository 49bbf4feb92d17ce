package org.constellation.protocol.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.AgreementProof;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.Decoded.Reason;

/** Single fields, both ways. Reading throws {@link Rejection} naming the field. */
final class Fields {

  private Fields() {}

  static ByteString of(Hash hash) {
    return UnsafeByteOperations.unsafeWrap(hash.toBytes());
  }

  static ByteString of(PublicKey key) {
    return UnsafeByteOperations.unsafeWrap(key.toBytes());
  }

  static ByteString of(StarId star) {
    return UnsafeByteOperations.unsafeWrap(star.toBytes());
  }

  static ByteString of(AssetId asset) {
    return of(asset.hash());
  }

  static ByteString of(Signature signature) {
    return UnsafeByteOperations.unsafeWrap(signature.toBytes());
  }

  static ByteString of(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.toArray());
  }

  static Bytes bytes(MessageLite message) {
    return Bytes.copyOf(message.toByteArray());
  }

  static Bytes bytes(ByteString field) {
    return Bytes.copyOf(field.toByteArray());
  }

  static Hash hash(ByteString field, String name) {
    return Hash.of(exactly(Hash.LENGTH, field, name));
  }

  static PublicKey key(ByteString field, String name) {
    return PublicKey.of(exactly(PublicKey.LENGTH, field, name));
  }

  static StarId star(ByteString field, String name) {
    return StarId.of(exactly(StarId.LENGTH, field, name));
  }

  static AssetId asset(ByteString field, String name) {
    return new AssetId(hash(field, name));
  }

  static Signature signature(ByteString field, String name) {
    return Signature.of(exactly(Signature.LENGTH, field, name));
  }

  /** A compressed point of P-256, of which only the length is looked at. */
  static Bytes point(ByteString field, String name) {
    return Bytes.copyOf(exactly(AgreementProof.KEY_LENGTH, field, name));
  }

  static Bytes agreementProof(ByteString field, String name) {
    return Bytes.copyOf(exactly(AgreementProof.LENGTH, field, name));
  }

  /** A uint64 as a {@code long} that is never negative. */
  static long natural(long field, String name) {
    if (field < 0) {
      throw new Rejection(Reason.OUT_OF_RANGE, name + " exceeds 63 bits");
    }
    return field;
  }

  /** A uint32 as an {@code int} that is never negative. */
  static int natural(int field, String name) {
    if (field < 0) {
      throw new Rejection(Reason.OUT_OF_RANGE, name + " exceeds 31 bits");
    }
    return field;
  }

  static void require(boolean present, String name) {
    if (!present) {
      throw new Rejection(Reason.MISSING, name + " is missing");
    }
  }

  static void atMost(int max, int actual, String name) {
    if (actual > max) {
      throw new Rejection(Reason.OUT_OF_RANGE, actual + " " + name + " where " + max + " may be");
    }
  }

  static void bytesAtMost(int max, List<? extends MessageLite> messages, String name) {
    var bytes = messages.stream().mapToLong(MessageLite::getSerializedSize).sum();
    if (bytes > max) {
      throw new Rejection(
          Reason.TOO_LONG, bytes + " bytes of " + name + " where " + max + " may be");
    }
  }

  static Rejection missing(String name) {
    return new Rejection(Reason.MISSING, name + " is missing");
  }

  static Rejection unknownCode(String name) {
    return new Rejection(Reason.UNKNOWN_CODE, name + " has an unknown code");
  }

  private static byte[] exactly(int length, ByteString field, String name) {
    if (field.size() != length) {
      throw new Rejection(
          Reason.WRONG_LENGTH, name + " has " + field.size() + " bytes instead of " + length);
    }
    return field.toByteArray();
  }
}
