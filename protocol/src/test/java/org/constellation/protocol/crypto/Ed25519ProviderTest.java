package org.constellation.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The acceptance rule, and the vectors of RFC 8032, on every provider. */
class Ed25519ProviderTest {

  /** Each on its own; the native one where there is a library for this platform. */
  private static final List<Ed25519> SCHEMES =
      OS.current() == OS.LINUX && System.getProperty("os.arch").equals("amd64")
          ? List.of(Ed25519.choose(List.of(NativeProvider::new)), Ed25519.ofJavaRuntime())
          : List.of(Ed25519.ofJavaRuntime());

  static Stream<Arguments> providers() {
    return SCHEMES.stream().map(scheme -> argumentSet(scheme.description(), scheme));
  }

  private static Stream<Arguments> onEveryProvider(Stream<?> cases, Function<Object, String> name) {
    return cases.flatMap(
        one ->
            SCHEMES.stream()
                .map(
                    scheme ->
                        argumentSet(scheme.description() + ", " + name.apply(one), scheme, one)));
  }

  static Stream<Arguments> cases() {
    return onEveryProvider(Conformance.cases().stream(), one -> ((Conformance.Case) one).name());
  }

  static Stream<Arguments> vectors() {
    return onEveryProvider(Rfc8032.VECTORS.stream(), one -> ((Rfc8032.Vector) one).name());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judgesEveryCaseAsTheTableSays(Ed25519 scheme, Conformance.Case expected) {
    assertThat(expected.isJudgedRightlyBy(scheme)).isTrue();
  }

  @Test
  void theTableHoldsAllTwelvePublishedEdgeCasesOfWhichOneIsAcceptable() {
    var published =
        Conformance.cases().stream().filter(one -> one.name().startsWith("speccheck ")).toList();
    assertThat(published).hasSize(12);
    assertThat(published)
        .filteredOn(Conformance.Case::acceptable)
        .singleElement()
        .satisfies(one -> assertThat(one.name()).startsWith("speccheck 3:"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signsAndVerifiesAsTheRfcSays(Ed25519 scheme, Rfc8032.Vector vector) {
    var key = scheme.signingKey(HexFormat.of().parseHex(vector.seed()));
    var message = HexFormat.of().parseHex(vector.message());
    assertThat(key.publicKey().toHex()).isEqualTo(vector.publicKey());
    assertThat(key.sign(message).toHex()).isEqualTo(vector.signature());
    assertThat(key.sign(message)).isEqualTo(key.sign(message));
    assertThat(scheme.verify(key.publicKey(), message, key.sign(message))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void rejectsASignatureWithAnyBitAltered(Ed25519 scheme) {
    var key = scheme.signingKey(new byte[32]);
    var message = new byte[] {1, 2, 3};
    var signature = key.sign(message).toBytes();
    for (var bit = 0; bit < signature.length * Byte.SIZE; bit++) {
      var altered = signature.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      assertThat(scheme.verify(key.publicKey(), message, Signature.of(altered)))
          .as("bit %d", bit)
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void theEquationItselfHasNoCofactor(Ed25519 scheme) {
    // Cases 4 and 5 pass the pre-check, so only the provider's equation rejects them.
    assertThat(Conformance.cases())
        .filteredOn(
            one -> one.name().startsWith("speccheck 4:") || one.name().startsWith("speccheck 5:"))
        .hasSize(2)
        .allSatisfy(
            one -> {
              assertThat(AcceptanceRule.admits(one.key(), one.signature())).isTrue();
              assertThat(one.isJudgedRightlyBy(scheme)).isTrue();
            });
  }
}
