package org.constellation.consensus.coin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Seals bytes to one member's {@link AgreementKey} (ECIES: ephemeral P-256, HKDF-SHA256,
 * AES-256-GCM). Layout: ephemeral point, ciphertext, tag. The nonce comes out of the key
 * derivation, which never sees the same ephemeral key twice.
 */
public final class SealedBox {

  private static final int KEY_LENGTH = 32;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_LENGTH = 16;

  /** How much longer the sealed bytes are. */
  public static final int OVERHEAD = P256Point.LENGTH + TAG_LENGTH;

  private static final byte[] PURPOSE = "CSTL-V1-SEALED-BOX".getBytes(StandardCharsets.US_ASCII);

  private SealedBox() {}

  /**
   * Seals {@code content} so that only {@code recipient} opens it, and only in {@code context}.
   *
   * @param random a cryptographic source
   */
  public static byte[] seal(
      P256Point recipient, byte[] content, byte[] context, RandomGenerator random) {
    var secret = P256.scalar(random);
    var ephemeral = P256Point.of(P256.multiplySecret(P256.G, secret));
    var shared = P256Point.of(P256.multiplySecret(recipient.point(), secret));
    var cipher = cipher(true, keys(ephemeral, recipient, shared), context);
    var sealed = Arrays.copyOf(ephemeral.toBytes(), OVERHEAD + content.length);
    try {
      var written = cipher.processBytes(content, 0, content.length, sealed, P256Point.LENGTH);
      cipher.doFinal(sealed, P256Point.LENGTH + written);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("sealing checks no tag", e);
    }
    return sealed;
  }

  static byte[] ephemeralOf(byte[] sealed) {
    return Arrays.copyOf(sealed, P256Point.LENGTH);
  }

  /** Key and nonce; both ends' public keys go in, so a box cannot be readdressed. */
  static byte[] keys(P256Point ephemeral, P256Point recipient, P256Point shared) {
    var derivation = new HKDFBytesGenerator(new SHA256Digest());
    var ends = Arrays.copyOf(ephemeral.toBytes(), 2 * P256Point.LENGTH);
    System.arraycopy(recipient.toBytes(), 0, ends, P256Point.LENGTH, P256Point.LENGTH);
    derivation.init(new HKDFParameters(shared.toBytes(), ends, PURPOSE));
    var keys = new byte[KEY_LENGTH + NONCE_LENGTH];
    derivation.generateBytes(keys, 0, keys.length);
    return keys;
  }

  static byte[] decrypt(byte[] keys, byte[] sealed, byte[] context)
      throws InvalidCipherTextException {
    var cipher = cipher(false, keys, context);
    var content = new byte[sealed.length - OVERHEAD];
    var buffer = new byte[cipher.getOutputSize(sealed.length - P256Point.LENGTH)];
    var written =
        cipher.processBytes(sealed, P256Point.LENGTH, sealed.length - P256Point.LENGTH, buffer, 0);
    cipher.doFinal(buffer, written);
    System.arraycopy(buffer, 0, content, 0, content.length);
    return content;
  }

  private static GCMModeCipher cipher(boolean encrypt, byte[] keys, byte[] context) {
    var cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    var key = new KeyParameter(keys, 0, KEY_LENGTH);
    var nonce = Arrays.copyOfRange(keys, KEY_LENGTH, keys.length);
    cipher.init(encrypt, new AEADParameters(key, TAG_LENGTH * Byte.SIZE, nonce, context));
    return cipher;
  }
}
