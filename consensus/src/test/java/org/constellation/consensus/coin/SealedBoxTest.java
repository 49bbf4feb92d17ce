package org.constellation.consensus.coin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.AgreementProof;
import org.junit.jupiter.api.Test;

class SealedBoxTest {

  private static final byte[] CONTENT = "a coin share".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CONTEXT = "network and member".getBytes(StandardCharsets.UTF_8);

  private final RandomGenerator random = new Random(7);
  private final AgreementKey member = key(1);
  private final byte[] sealed = SealedBox.seal(member.publicPoint(), CONTENT, CONTEXT, random);

  @Test
  void opensForItsMemberInItsContext() {
    assertThat(member.open(sealed, CONTEXT)).hasValue(CONTENT);
    assertThat(sealed).hasSize(CONTENT.length + SealedBox.OVERHEAD);
  }

  @Test
  void staysClosedForAnybodyElseAndAnywhereElse() {
    assertThat(key(2).open(sealed, CONTEXT)).isEmpty();
    assertThat(member.open(sealed, new byte[0])).isEmpty();
  }

  @Test
  void staysClosedWhenAnyByteWasAltered() {
    for (var at = 0; at < sealed.length; at++) {
      var altered = sealed.clone();
      altered[at] ^= 1;
      assertThat(member.open(altered, CONTEXT)).as("byte %d", at).isEmpty();
    }
  }

  @Test
  void staysClosedWhenBytesAreMissing() {
    for (var length = 0; length < sealed.length; length++) {
      var cut = java.util.Arrays.copyOf(sealed, length);
      assertThat(member.open(cut, CONTEXT)).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void isSealedAnewEachTime() {
    assertThat(SealedBox.seal(member.publicPoint(), CONTENT, CONTEXT, random)).isNotEqualTo(sealed);
  }

  @Test
  void aMemberProvesToTheLedgerThatItHoldsItsKey() {
    var proof = member.prove(CONTEXT, random);
    var published = Bytes.copyOf(member.publicPoint().toBytes());
    assertThat(AgreementProof.holds(published, CONTEXT, proof)).isTrue();
    assertThat(AgreementProof.holds(published, CONTENT, proof)).isFalse();
  }

  @Test
  void refusesKeysOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> AgreementKey.of(new byte[32]));
    assertThatIllegalArgumentException().isThrownBy(() -> AgreementKey.of(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> AgreementKey.of(P256.encode(P256.ORDER)));
  }

  private static AgreementKey key(int number) {
    var scalar = new byte[AgreementKey.LENGTH];
    scalar[scalar.length - 1] = (byte) number;
    return AgreementKey.of(scalar);
  }
}
