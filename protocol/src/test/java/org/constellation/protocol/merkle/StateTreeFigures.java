package org.constellation.protocol.merkle;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Prints rough costs of a {@link StateTree}; a program to run by hand, not a test. */
final class StateTreeFigures {

  private static final int ENTRIES = 200_000;
  private static final int BATCH = 2_000;
  private static final int BATCHES = 20;

  private final SplittableRandom random = new SplittableRandom(1);
  private final byte[][] keys = new byte[ENTRIES][];

  private StateTreeFigures() {
    for (var i = 0; i < ENTRIES; i++) {
      var key = new byte[65];
      random.nextBytes(key);
      key[0] = 1;
      keys[i] = key;
    }
  }

  public static void main(String[] arguments) {
    new StateTreeFigures().print();
  }

  private void print() {
    var editor =
        StateTree.<Long>empty(value -> ByteBuffer.allocate(8).putLong(value).array()).edit();
    for (var key : keys) {
      editor.put(key, 0L);
    }
    var tree = editor.freeze();
    for (var repetition = 0; repetition < 5; repetition++) {
      var sum = 0L;
      var start = System.nanoTime();
      for (var i = 0; i < ENTRIES; i++) {
        sum += tree.get(keys[random.nextInt(ENTRIES)]).orElseThrow();
      }
      var got = System.nanoTime();
      var hashing = 0L;
      for (var batch = 0; batch < BATCHES; batch++) {
        var changes = tree.edit();
        for (var i = 0; i < BATCH; i++) {
          changes.put(keys[random.nextInt(ENTRIES)], random.nextLong());
        }
        var changed = System.nanoTime();
        tree = changes.freeze();
        hashing += System.nanoTime() - changed;
      }
      var ended = System.nanoTime();
      System.out.printf(
          "get %d ns; changed key in a batch of %d: %d ns, of it hashing %d ns (%d)%n",
          (got - start) / ENTRIES,
          BATCH,
          (ended - got) / BATCH / BATCHES,
          hashing / BATCH / BATCHES,
          sum);
    }
  }
}
