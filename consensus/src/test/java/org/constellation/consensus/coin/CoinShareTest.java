package org.constellation.consensus.coin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.wire.Mutations;
import org.junit.jupiter.api.Test;

/** Coin shares as bytes; whether one proves anything is {@link ThresholdCoinTest}'s business. */
class CoinShareTest {

  private static final int MUTANTS = 4_000;

  private static final P256Point POINT = P256Point.of(P256.G);

  private static CoinShare drawn(long seed) {
    var random = new Random(seed);
    return new CoinShare(
        POINT,
        new BigInteger(256, random).mod(P256.ORDER),
        new BigInteger(256, random).mod(P256.ORDER));
  }

  @Test
  void everyShareHasOneEncodingAndOtherBytesAreNone() {
    var read = 0;
    for (var seed = 1L; seed <= MUTANTS; seed++) {
      var share = drawn(seed);
      assertThat(CoinShare.decode(share.encode())).contains(share);
      var bytes = new Mutations(seed).of(Bytes.copyOf(share.encode().toBytes()));
      var mutant = VoteValue.decode(bytes.toArray());
      var decoded = mutant.flatMap(CoinShare::decode);
      decoded.ifPresent(one -> assertThat(one.encode()).isEqualTo(mutant.orElseThrow()));
      read += decoded.isPresent() ? 1 : 0;
    }
    assertThat(read).isBetween(MUTANTS / 20, MUTANTS / 2);
  }

  @Test
  void noiseIsAShareOnlyWithThoseVeryBytes() {
    var random = new Random(7);
    for (var round = 0; round < MUTANTS; round++) {
      var noise = new byte[random.nextInt(4) == 0 ? random.nextInt(129) : CoinShare.LENGTH];
      random.nextBytes(noise);
      noise = noise.length > 0 && random.nextBoolean() ? beginningWith(2, noise) : noise;
      var value = VoteValue.of(noise);
      CoinShare.decode(value).ifPresent(one -> assertThat(one.encode()).isEqualTo(value));
    }
  }

  @Test
  void scalarsBeyondTheOrderAreNone() {
    var bytes = drawn(1).encode().toBytes();
    var order = P256.encode(P256.ORDER);
    System.arraycopy(order, 0, bytes, P256Point.LENGTH, order.length);
    assertThat(CoinShare.decode(VoteValue.of(bytes))).isEmpty();
  }

  private static byte[] beginningWith(int first, byte[] bytes) {
    bytes[0] = (byte) first;
    return bytes;
  }
}
