package org.constellation.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workers take turns that others run: they see no clock, thread or randomness but what is passed
 * in, and wait for nobody. So a simulation can run them as they are.
 */
class TurnsTest {

  /** Where workers live, and whatever works for them in their turns; adapters are not among it. */
  private static final Map<String, Pattern> WORKERS =
      new TreeMap<>(
          Map.of(
              "platform",
              Pattern.compile(
                  "org\\.constellation\\.platform\\.(member|follow|hosting|journal)\\..*"),
              "cluster-consensus-service",
              Pattern.compile("org\\.constellation\\.clusterconsensus\\.facilitator\\.[A-Z].*"),
              "galaxy-service",
              Pattern.compile("org\\.constellation\\.galaxyservice\\.member\\.[A-Z].*"),
              "star-service",
              Pattern.compile(
                  "org\\.constellation\\.star\\.(StarNode|Announcements"
                      + "|(writer|relay|ledger|account|transaction)\\.[A-Z].*)"),
              "blackhole-ledger",
              Pattern.compile("org\\.constellation\\.blackhole\\.(ledger|serving)\\.[A-Z].*")));

  private static final ArchRule NO_CLOCK =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethodWhere(
              target(nameMatching("now|system.*|tick.*"))
                  .and(target(owner(nameMatching("java\\.time\\.(Clock|.*Time|Instant)")))))
          .because("a Clock and Loops tell the time");

  private static final ArchRule NO_THREAD =
      noClasses()
          // At the end of a process its members are closed side by side.
          .that()
          .doNotHaveFullyQualifiedName("org.constellation.platform.hosting.Hosting")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.lang\\.Thread.*|java\\.util\\.concurrent\\.Executor.*")
          .because("Loops run what works");

  private static final ArchRule NO_WAITING =
      noClasses()
          .should()
          .callMethodWhere(
              target(nameMatching("await.*|wait|acquire.*|park.*|take|join|sleep"))
                  .and(
                      target(
                          owner(
                              nameMatching("java\\.util\\.concurrent\\..*|java\\.lang\\.Object")))))
          .because("what cannot be done now is done in a later turn");

  private static final ArchRule NO_RANDOMNESS =
      noClasses()
          .should()
          .callConstructorWhere(target(owner(assignableTo(RandomGenerator.class))))
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .because("randomness is a parameter");

  private static Stream<Arguments> workersAndRules() {
    return WORKERS.keySet().stream()
        .flatMap(
            module ->
                Stream.of(NO_CLOCK, NO_THREAD, NO_WAITING, NO_RANDOMNESS)
                    .map(rule -> Arguments.of(module, rule)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("workersAndRules")
  void nothingButWhatIsPassedInDecides(String module, ArchRule rule) {
    var names = Objects.requireNonNull(WORKERS.get(module));
    var workers =
        new Module(module)
            .classes()
            .that(describe("work", type -> names.matcher(type.getName()).matches()));
    assertThat(workers).isNotEmpty();
    assertThat(rule.evaluate(workers).getFailureReport().getDetails())
        .as(rule.getDescription())
        .isEmpty();
  }
}
