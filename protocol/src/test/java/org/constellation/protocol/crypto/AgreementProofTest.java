package org.constellation.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.constellation.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementProofTest {

  private static final String GENERATOR =
      "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";

  private static final byte[] MESSAGE = {1, 2, 3};
  private static final byte[] SECRET = bytes("22".repeat(32));
  private static final Bytes KEY = AgreementProof.keyOf(SECRET);
  private static final Bytes PROOF = AgreementProof.prove(SECRET, MESSAGE, new Random(1));

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static Bytes hex(String hex) {
    return Bytes.copyOf(bytes(hex));
  }

  @Test
  void theKeyOfOneIsTheGenerator() {
    assertThat(AgreementProof.keyOf(bytes("00".repeat(31) + "01"))).isEqualTo(hex(GENERATOR));
  }

  @Test
  void holdsForItsKeyAndMessageOnly() {
    assertThat(AgreementProof.holds(KEY, MESSAGE, PROOF)).isTrue();
    assertThat(AgreementProof.holds(KEY, new byte[] {1, 2, 4}, PROOF)).isFalse();
    assertThat(AgreementProof.holds(hex(GENERATOR), MESSAGE, PROOF)).isFalse();
    var otherSign = KEY.toArray();
    otherSign[0] ^= 1;
    assertThat(AgreementProof.holds(Bytes.copyOf(otherSign), MESSAGE, PROOF)).isFalse();
  }

  @Test
  void failsWithAnyBitAltered() {
    for (var bit = 0; bit < AgreementProof.LENGTH * Byte.SIZE; bit++) {
      var altered = PROOF.toArray();
      altered[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      assertThat(AgreementProof.holds(KEY, MESSAGE, Bytes.copyOf(altered)))
          .as("bit %d", bit)
          .isFalse();
    }
  }

  @Test
  void hasOneLengthOnly() {
    for (var length : List.of(0, 63, 65)) {
      var other = Bytes.copyOf(Arrays.copyOf(PROOF.toArray(), length));
      assertThat(AgreementProof.holds(KEY, MESSAGE, other)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        // The point at infinity, padded; a prefix that is none; no point at x = 1; x = p.
        "000000000000000000000000000000000000000000000000000000000000000000",
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
        "020000000000000000000000000000000000000000000000000000000000000001",
        "02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        // The generator in its long form.
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
      })
  void isNoKey(String encoded) {
    assertThat(AgreementProof.isKey(hex(encoded))).isFalse();
    assertThat(AgreementProof.holds(hex(encoded), MESSAGE, PROOF)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "22",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
      })
  void isNoSecret(String secret) {
    assertThatIllegalArgumentException().isThrownBy(() -> AgreementProof.keyOf(bytes(secret)));
  }
}
