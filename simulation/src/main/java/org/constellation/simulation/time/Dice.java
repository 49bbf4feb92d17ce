package org.constellation.simulation.time;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.constellation.protocol.crypto.Hashing;

/**
 * Draws from a seed. Everybody has dice of his own, made from the seed and his name by a hash:
 * somebody new changes nobody else's draws, and no two seeds have draws in common. (A generator
 * that steps by a constant must not be seeded by multiples of it: then each seed's draws are those
 * of the one before, but for the first.)
 */
public final class Dice {

  private final long seed;
  private final SplittableRandom random;

  /** The dice of a whole run. */
  public Dice(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** The dice of somebody. */
  public Dice of(String name) {
    return new Dice(
        ByteBuffer.wrap(Hashing.tagged("SIMULATED-DICE").number(seed).text(name).finish().toBytes())
            .getLong());
  }

  /** From 0 to {@code bound}, without it. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** From 0 to {@code bound}, without it. */
  public long below(long bound) {
    return random.nextLong(bound);
  }

  /** From {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** With a chance of so many in a thousand. */
  public boolean permille(int chance) {
    return chance > 0 && random.nextInt(1_000) < chance;
  }

  /** With a chance of so many in a hundred. */
  public boolean percent(int chance) {
    return chance > 0 && random.nextInt(100) < chance;
  }

  /** One of them. */
  public <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** For whoever needs the interface. */
  public RandomGenerator generator() {
    return random;
  }
}
