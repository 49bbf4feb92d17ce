package org.constellation.platform.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A service's key for what it keeps encrypted: AES-256-GCM. What is sealed is bound to a context,
 * for instance a star's id, so that it cannot be moved to another row.
 *
 * <p>Sealed: {@code version(1) = 1 | nonce(12) | ciphertext with tag(16)}.
 */
public final class MasterKey {

  private static final byte VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int OVERHEAD = 1 + NONCE_BYTES + TAG_BITS / 8;

  private final SecretKeySpec key;
  private final SecureRandom random;

  private MasterKey(byte[] key, SecureRandom random) {
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  /**
   * Makes the key's file, once, when the service is provisioned.
   *
   * @throws IOException also if there is one already
   */
  public static void create(Path file, SecureRandom random) throws IOException {
    var key = new byte[KEY_BYTES];
    random.nextBytes(key);
    SecretFile.create(file, key);
  }

  /**
   * Reads the key.
   *
   * @throws IOException also if the file is open to others, or is no key
   */
  public static MasterKey read(Path file, SecureRandom random) throws IOException {
    var key = SecretFile.read(file);
    if (key.length != KEY_BYTES) {
      throw new IOException(file + " holds no key of " + KEY_BYTES + " bytes");
    }
    return new MasterKey(key, random);
  }

  /** Encrypts {@code secret}, to be opened under the same {@code context} only. */
  public byte[] seal(byte[] secret, byte[] context) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var sealed = ByteBuffer.allocate(secret.length + OVERHEAD);
      sealed.put(VERSION).put(nonce);
      cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(ByteBuffer.wrap(secret), sealed);
      return sealed.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has AES-GCM", e);
    }
  }

  /** The secret; empty if {@code sealed} is altered, of another context or of another key. */
  public Optional<byte[]> open(byte[] sealed, byte[] context) {
    if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
      return Optional.empty();
    }
    var nonce = ByteBuffer.wrap(sealed, 1, NONCE_BYTES);
    var nonceBytes = new byte[NONCE_BYTES];
    nonce.get(nonceBytes);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, nonceBytes, context)
              .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(new byte[] {VERSION});
    cipher.updateAAD(context);
    return cipher;
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "master key";
  }
}
