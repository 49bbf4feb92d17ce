package org.constellation.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every signature check of a service is in its figures: services are handed what counts, and do not
 * fetch Ed25519 themselves.
 */
class CountedChecksTest {

  private static final ArchRule NO_ED25519 =
      noClasses()
          .that()
          // There it gets its counters.
          .doNotHaveFullyQualifiedName("org.constellation.platform.PlatformConfiguration")
          .and()
          // Makes and reads keys, and checks cards before there is a network.
          .resideOutsideOfPackage("org.constellation.platform.provision")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.constellation.protocol.crypto.Ed25519")
          .because("a SignatureVerifier that is injected counts");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "platform",
        "star-service",
        "cluster-consensus-service",
        "galaxy-service",
        "blackhole-ledger",
        "contract-gateway"
      })
  void servicesCheckSignaturesByWhatCounts(String module) {
    var classes = new Module(module).classes();
    assertThat(NO_ED25519.evaluate(classes).getFailureReport().getDetails())
        .as(NO_ED25519.getDescription())
        .isEmpty();
  }
}
