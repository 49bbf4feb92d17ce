package org.constellation.platform.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A service's key for what it keeps encrypted: AES-256-GCM. It comes from a file, from a setting or
 * stays in a token. What is sealed is bound to a context, for instance a star's id, so that it
 * cannot be moved to another row.
 *
 * <p>Sealed: {@code version(1) = 1 | nonce(12) | ciphertext with tag(16)}.
 */
public final class MasterKey {

  private static final byte VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int OVERHEAD = 1 + NONCE_BYTES + TAG_BITS / 8;

  private final Key key;
  private final @Nullable Provider provider;
  private final SecureRandom random;

  private MasterKey(Key key, @Nullable Provider provider, SecureRandom random) {
    this.key = key;
    this.provider = provider;
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
    return new MasterKey(new SecretKeySpec(key, "AES"), null, random);
  }

  /**
   * Takes the key from a text, for instance of an environment variable.
   *
   * @param text its 32 bytes in base64
   * @throws IOException if it is no key
   */
  static MasterKey parse(String text, SecureRandom random) throws IOException {
    try {
      var key = Base64.getDecoder().decode(text.strip());
      if (key.length == KEY_BYTES) {
        return new MasterKey(new SecretKeySpec(key, "AES"), null, random);
      }
    } catch (IllegalArgumentException e) {
      // Said below, without a word of the text.
    }
    throw new IOException("the master key is not " + KEY_BYTES + " bytes in base64");
  }

  /**
   * Uses a key that never leaves its token (PKCS #11).
   *
   * @throws IOException if the token, or the key in it, is not there
   */
  static MasterKey inToken(SecurityProperties.Token token, SecureRandom random) throws IOException {
    try {
      var provider = Security.getProvider("SunPKCS11").configure(token.configFile().toString());
      var pin = new String(SecretFile.read(token.pinFile()), StandardCharsets.UTF_8).strip();
      var keys = KeyStore.getInstance("PKCS11", provider);
      keys.load(null, pin.toCharArray());
      var key = keys.getKey(token.key(), null);
      if (key == null || !key.getAlgorithm().equals("AES")) {
        throw new IOException("the token has no AES key " + token.key());
      }
      return new MasterKey(key, provider, random);
    } catch (GeneralSecurityException | InvalidParameterException e) {
      throw new IOException("the token cannot be used: " + e.getMessage(), e);
    }
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
    var cipher =
        provider == null
            ? Cipher.getInstance("AES/GCM/NoPadding")
            : Cipher.getInstance("AES/GCM/NoPadding", provider);
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
