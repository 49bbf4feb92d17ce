package org.constellation.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceRuleTest {

  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final PublicKey KEY =
      PublicKey.fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
      })
  void rejectsEveryEncodingOfAPointOfSmallOrder(String encoded) {
    var bytes = HexFormat.of().parseHex(encoded);
    assertThat(AcceptanceRule.admits(PublicKey.of(bytes), signature(KEY.toBytes(), BigInteger.ONE)))
        .isFalse();
    assertThat(AcceptanceRule.admits(KEY, signature(bytes, BigInteger.ONE))).isFalse();
  }

  @Test
  void rejectsEveryCoordinateThatIsNotCanonical() {
    for (var excess = 0; excess < 19; excess++) {
      for (var sign = 0; sign < 2; sign++) {
        var y = PRIME.add(BigInteger.valueOf(excess));
        var encoded = littleEndian(sign == 0 ? y : y.setBit(255));
        assertThat(
                AcceptanceRule.admits(
                    PublicKey.of(encoded), signature(KEY.toBytes(), BigInteger.ONE)))
            .isFalse();
        assertThat(AcceptanceRule.admits(KEY, signature(encoded, BigInteger.ONE))).isFalse();
      }
    }
    // p - 1 has small order; the highest that is admitted is p - 2.
    var highest = littleEndian(PRIME.subtract(BigInteger.TWO));
    assertThat(AcceptanceRule.admits(PublicKey.of(highest), signature(highest, BigInteger.ONE)))
        .isTrue();
  }

  @Test
  void admitsScalarsBelowTheGroupOrderOnly() {
    var random = new SplittableRandom(1);
    for (var i = 0; i < 1000; i++) {
      var bytes = new byte[32];
      random.nextBytes(bytes);
      bytes[31] &= 0x1f;
      var scalar = new BigInteger(1, reversed(bytes));
      assertThat(admitsScalar(scalar)).isEqualTo(scalar.compareTo(ORDER) < 0);
    }
    assertThat(admitsScalar(BigInteger.ZERO)).isTrue();
    assertThat(admitsScalar(ORDER.subtract(BigInteger.ONE))).isTrue();
    assertThat(admitsScalar(ORDER)).isFalse();
    assertThat(admitsScalar(ORDER.add(BigInteger.ONE))).isFalse();
    assertThat(admitsScalar(BigInteger.TWO.pow(256).subtract(BigInteger.ONE))).isFalse();
  }

  private static boolean admitsScalar(BigInteger scalar) {
    return AcceptanceRule.admits(KEY, signature(KEY.toBytes(), scalar));
  }

  private static Signature signature(byte[] point, BigInteger scalar) {
    var bytes = new byte[Signature.LENGTH];
    System.arraycopy(point, 0, bytes, 0, 32);
    System.arraycopy(littleEndian(scalar), 0, bytes, 32, 32);
    return Signature.of(bytes);
  }

  private static byte[] littleEndian(BigInteger number) {
    var bytes = new byte[32];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = number.shiftRight(i * Byte.SIZE).byteValue();
    }
    return bytes;
  }

  private static byte[] reversed(byte[] bytes) {
    var reversed = new byte[bytes.length];
    for (var i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
