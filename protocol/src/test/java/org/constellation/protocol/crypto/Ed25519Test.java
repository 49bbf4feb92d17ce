package org.constellation.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519Test {

  /** Agrees with the Java runtime in everything but its verdict on one case. */
  private record Differing(Ed25519Provider real, String caseName) implements Ed25519Provider {

    @Override
    public String name() {
      return "differing provider";
    }

    @Override
    public boolean verify(PublicKey key, byte[] message, Signature signature) {
      var verdict = real.verify(key, message, signature);
      return isTheCase(key, message, signature) != verdict;
    }

    private boolean isTheCase(PublicKey key, byte[] message, Signature signature) {
      return Conformance.cases().stream()
          .filter(one -> one.name().startsWith(caseName))
          .anyMatch(
              one ->
                  one.key().equals(key)
                      && one.signature().equals(signature)
                      && one.message().equals(HexFormat.of().formatHex(message)));
    }

    @Override
    public Signer signer(byte[] seed) {
      return real.signer(seed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"speccheck 3:", "speccheck 4:", "speccheck 5:", "RFC 8032 test 3", "R altered"})
  void refusesAProviderThatDiffersOnOneCase(String caseName) {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> Ed25519.choose(List.of(() -> new Differing(new JavaRuntimeProvider(), caseName))))
        .withMessageContaining("differing provider refused, it differs on [" + caseName);
  }

  @Test
  void takesTheNextProviderWhenOneIsRefusedOrAbsentAndSaysWhy() {
    var scheme =
        Ed25519.choose(
            List.of(
                () -> {
                  throw new IllegalStateException("no library for this platform");
                },
                () -> new Differing(new JavaRuntimeProvider(), "speccheck 4:"),
                JavaRuntimeProvider::new));
    assertThat(scheme.description())
        .startsWith("SunEC")
        .contains("no library for this platform")
        .contains("differing provider refused");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64") // what its library is built for
  void prefersTheNativeProviderWhereThereIsOne() {
    assertThat(Ed25519.best().description()).startsWith("AmazonCorrettoCryptoProvider 2.5");
    assertThat(Ed25519.best()).isSameAs(Ed25519.best());
  }

  @Test
  void providersAgreeOnRandomAndMutatedSignatures() {
    var random = new SplittableRandom(7);
    var runtime = Ed25519.ofJavaRuntime();
    for (var i = 0; i < 200; i++) {
      var key = Ed25519.best().generate(random);
      var message = new byte[random.nextInt(100)];
      random.nextBytes(message);
      var bytes = key.sign(message).toBytes();
      assertThat(runtime.signingKey(key.seed()).sign(message).toBytes()).isEqualTo(bytes);
      if (i % 2 == 1) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      var signature = Signature.of(bytes);
      assertThat(Ed25519.best().verify(key.publicKey(), message, signature)).isEqualTo(i % 2 == 0);
      assertThat(runtime.verify(key.publicKey(), message, signature)).isEqualTo(i % 2 == 0);
    }
  }

  @Test
  void answersToRandomBytesWithoutAnException() {
    var random = new SplittableRandom(8);
    var key = new byte[PublicKey.LENGTH];
    var signature = new byte[Signature.LENGTH];
    for (var i = 0; i < 2000; i++) {
      random.nextBytes(key);
      random.nextBytes(signature);
      signature[63] &= 0x0f;
      assertThat(Ed25519.best().verify(PublicKey.of(key), new byte[0], Signature.of(signature)))
          .isFalse();
    }
  }

  @Test
  void aSigningKeyNeverPrintsItsSeed() {
    var key = Ed25519.best().generate(new SplittableRandom(9));
    assertThat(key.toString()).isEqualTo("signing key of " + key.publicKey());
    key.seed()[0] ^= 1;
    assertThat(Ed25519.best().signingKey(key.seed()).publicKey()).isEqualTo(key.publicKey());
  }

  @Test
  void signsTheSameFromManyThreads() throws InterruptedException {
    var key = Ed25519.best().signingKey(new byte[32]);
    var expected = key.sign(new byte[] {1});
    var equal = new AtomicInteger();
    var threads =
        IntStream.range(0, 8)
            .mapToObj(
                _ ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (var i = 0; i < 200; i++) {
                                key.sign(new byte[] {2});
                                if (key.sign(new byte[] {1}).equals(expected)) {
                                  equal.incrementAndGet();
                                }
                              }
                            }))
            .toList();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(equal).hasValue(1600);
  }

  @Test
  void refusesBytesOfAnotherLength() {
    assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.of(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> Signature.of(new byte[65]));
    assertThatIllegalArgumentException().isThrownBy(() -> Ed25519.best().signingKey(new byte[33]));
  }
}
