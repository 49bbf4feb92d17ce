package org.constellation.protocol.star;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StarIdTest {

  private static final String GOLDEN =
      "star1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0s47gv5r";

  private static StarId random(long seed) {
    var bytes = new byte[StarId.LENGTH];
    new SplittableRandom(seed).nextBytes(bytes);
    return StarId.of(bytes);
  }

  @Test
  void hasAGoldenText() {
    var counting = new byte[StarId.LENGTH];
    for (var i = 0; i < counting.length; i++) {
      counting[i] = (byte) i;
    }
    assertThat(StarId.of(counting).toString()).isEqualTo(GOLDEN);
  }

  @Test
  void readsWhatItWrote() {
    for (var seed = 0; seed < 500; seed++) {
      var star = random(seed);
      assertThat(star.toString()).hasSize(63).startsWith("star1");
      assertThat(StarId.parse(star.toString())).isEqualTo(star);
      assertThat(StarId.parse(star.toString().toUpperCase(Locale.ROOT))).isEqualTo(star);
    }
  }

  @Test
  void rejectsEveryAlteredCharacter() {
    var text = random(1).toString();
    for (var i = 0; i < text.length(); i++) {
      for (var other : "qpzry9x8gf2tvdw0s3jn54khce6mua7l1bio!".toCharArray()) {
        if (other != text.charAt(i)) {
          var altered = text.substring(0, i) + other + text.substring(i + 1);
          assertThatExceptionOfType(MalformedStarId.class).isThrownBy(() -> StarId.parse(altered));
        }
      }
    }
  }

  @Test
  void rejectsSwappedMissingAndAddedCharacters() {
    var text = random(2).toString();
    for (var i = 0; i < text.length(); i++) {
      var missing = text.substring(0, i) + text.substring(i + 1);
      var added = text.substring(0, i) + "q" + text.substring(i);
      assertThatExceptionOfType(MalformedStarId.class).isThrownBy(() -> StarId.parse(missing));
      assertThatExceptionOfType(MalformedStarId.class).isThrownBy(() -> StarId.parse(added));
      if (i > 0 && text.charAt(i) != text.charAt(i - 1)) {
        var swapped =
            text.substring(0, i - 1) + text.charAt(i) + text.charAt(i - 1) + text.substring(i + 1);
        assertThatExceptionOfType(MalformedStarId.class).isThrownBy(() -> StarId.parse(swapped));
      }
    }
  }

  @Test
  void saysWhatIsWrong() {
    var text = random(3).toString();
    assertRejected(text.substring(0, 10) + text.substring(10).toUpperCase(Locale.ROOT), "mixes");
    assertRejected(Bech32m.encode("moon", new byte[32]), "begins with moon1 instead of star1");
    assertRejected(Bech32m.encode("star", new byte[31]), "31 bytes");
    assertRejected("", "no prefix");
    assertRejected("star1", "too short");
    assertRejected("star1" + "q".repeat(100), "longer than 90");
    assertRejected(text.replace('1', '2'), "no prefix");
    var padded = Bech32m.encodeGroups("star", new byte[] {0, 1});
    assertRejected(padded, "bits that should not be there");
    assertRejected(Bech32m.encodeGroups("star", new byte[] {0}), "bits that should not be there");
  }

  private static void assertRejected(String text, String reason) {
    assertThatExceptionOfType(MalformedStarId.class)
        .isThrownBy(() -> StarId.parse(text))
        .withMessageContaining(reason);
  }

  @Test
  void ordersByUnsignedBytes() {
    var low = new byte[32];
    low[0] = 0x7f;
    var high = new byte[32];
    high[0] = (byte) 0x80;
    assertThat(StarId.of(low)).isLessThan(StarId.of(high));
  }
}
