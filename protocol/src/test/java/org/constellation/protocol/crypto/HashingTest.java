package org.constellation.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.constellation.protocol.Bytes;
import org.junit.jupiter.api.Test;

class HashingTest {

  private static final String TAG = "CSTL-V1-TEST";
  private static final int LENGTH_MAX = 600;

  @Test
  void isTheHashOfAllPartsBehindTheirLengths() throws NoSuchAlgorithmException {
    var random = new Random(1);
    for (var round = 0; round < 2_000; round++) {
      var hashing = Hashing.tagged(TAG);
      var whole = ByteBuffer.allocate(16 * LENGTH_MAX);
      add(TAG.getBytes(StandardCharsets.US_ASCII), whole);
      for (var parts = random.nextInt(8); parts > 0; parts--) {
        var part = new byte[random.nextInt(LENGTH_MAX)];
        random.nextBytes(part);
        var hash = Hashing.hash(TAG, part);
        var number = random.nextLong();
        switch (random.nextInt(4)) {
          case 0 -> {
            hashing.bytes(part);
            add(part, whole);
          }
          case 1 -> {
            hashing.bytes(Bytes.copyOf(part));
            add(part, whole);
          }
          case 2 -> {
            hashing.hash(hash);
            add(hash.toBytes(), whole);
          }
          default -> {
            hashing.number(number);
            add(ByteBuffer.allocate(Long.BYTES).putLong(number).array(), whole);
          }
        }
      }
      var sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(whole.flip());
      assertThat(hashing.finish().toBytes()).isEqualTo(sha256.digest());
    }
  }

  private static void add(byte[] part, ByteBuffer whole) {
    whole.putInt(part.length).put(part);
  }
}
