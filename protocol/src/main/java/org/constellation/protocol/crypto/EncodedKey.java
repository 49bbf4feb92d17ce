package org.constellation.protocol.crypto;

import java.security.Key;
import java.security.PrivateKey;
import java.util.HexFormat;

/**
 * Ed25519 keys in the encodings of RFC 8410, which are a constant followed by the 32 bytes. The
 * native provider decodes them itself, which saves the Java runtime's decoding of a point that it
 * never computes with.
 */
sealed interface EncodedKey extends Key {

  /** The common part of the key types. */
  @Override
  default String getAlgorithm() {
    return "EdDSA";
  }

  /** Prefixes {@code key} with the constant of a subject public key info. */
  static byte[] x509(byte[] key) {
    return concatenate(Prefix.X509, key);
  }

  /** Prefixes {@code seed} with the constant of a private key info. */
  static byte[] pkcs8(byte[] seed) {
    return concatenate(Prefix.PKCS8, seed);
  }

  private static byte[] concatenate(byte[] prefix, byte[] key) {
    var encoded = new byte[prefix.length + key.length];
    System.arraycopy(prefix, 0, encoded, 0, prefix.length);
    System.arraycopy(key, 0, encoded, prefix.length, key.length);
    return encoded;
  }

  /** A key to verify with. */
  final class Public implements EncodedKey, java.security.PublicKey {

    private static final long serialVersionUID = 1;

    private final byte[] encoded;

    Public(PublicKey key) {
      this.encoded = x509(key.shared());
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return encoded.clone();
    }
  }

  /** A key to sign with. */
  final class Private implements EncodedKey, PrivateKey {

    private static final long serialVersionUID = 1;

    private final byte[] encoded;

    Private(byte[] seed) {
      this.encoded = pkcs8(seed);
    }

    @Override
    public String getFormat() {
      return "PKCS#8";
    }

    @Override
    public byte[] getEncoded() {
      return encoded.clone();
    }
  }

  /** The constants, kept out of the interface so that they cannot be changed through it. */
  final class Prefix {
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private Prefix() {}
  }
}
