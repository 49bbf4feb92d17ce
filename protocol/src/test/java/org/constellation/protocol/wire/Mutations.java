package org.constellation.protocol.wire;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.constellation.protocol.Bytes;

/** What noise, a broker or a cheat may make of an encoded message. */
public final class Mutations {

  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** A mutant, another one each time. */
  public Bytes of(Bytes original) {
    var bytes = original.toArray();
    for (var rounds = 1 + random.nextInt(3); rounds > 0; rounds--) {
      bytes = once(bytes);
    }
    return Bytes.copyOf(bytes);
  }

  private byte[] once(byte[] bytes) {
    if (bytes.length == 0) {
      return noise(random.nextInt(64));
    }
    var at = random.nextInt(bytes.length);
    return switch (random.nextInt(8)) {
      case 0 -> flipped(bytes, at, 1 << random.nextInt(8));
      case 1 -> flipped(bytes, at, random.nextInt(256));
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> spliced(bytes, at, noise(1 + random.nextInt(8)), at);
      case 4 -> spliced(bytes, at, new byte[0], Math.min(bytes.length, at + random.nextInt(40)));
      case 5 -> {
        var from = random.nextInt(bytes.length);
        var to = Math.min(bytes.length, from + random.nextInt(80));
        yield spliced(bytes, at, Arrays.copyOfRange(bytes, from, to), at);
      }
      // A byte that begins a field of some message, with a value of one byte or none.
      case 6 -> spliced(bytes, at, new byte[] {(byte) random.nextInt(144), 0}, at);
      default -> noise(random.nextInt(200));
    };
  }

  private static byte[] flipped(byte[] bytes, int at, int mask) {
    var changed = bytes.clone();
    changed[at] ^= (byte) mask;
    return changed;
  }

  private static byte[] spliced(byte[] bytes, int until, byte[] middle, int from) {
    var whole = new ByteArrayOutputStream();
    whole.write(bytes, 0, until);
    whole.writeBytes(middle);
    whole.write(bytes, from, bytes.length - from);
    return whole.toByteArray();
  }

  private byte[] noise(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
