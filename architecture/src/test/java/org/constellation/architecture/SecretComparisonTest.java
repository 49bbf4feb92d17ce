package org.constellation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Secrets are compared by what takes as long whatever differs. A clock in a test shows nothing. */
class SecretComparisonTest {

  private static final String PLATFORM = "org.constellation.platform.security.";
  private static final Set<String> TOKENS =
      Set.of(PLATFORM + "BearerToken", PLATFORM + "TokenHash");

  @Test
  void secretsAreComparedByTheOneWayThatTakesAlwaysAsLong() {
    var platform = new Module("platform").classes();
    assertCompares(platform, PLATFORM + "TokenHash", "matches");
    assertCompares(platform, PLATFORM + "ApiKeys", "introspect");
    assertCompares(
        new Module("star-service").classes(),
        "org.constellation.star.writer.RequestRules",
        "signedFor");
  }

  @Test
  void nobodyComparesTokensByEquals() {
    for (var module : Module.all()) {
      var calls =
          StreamSupport.stream(module.classes().spliterator(), false)
              .flatMap(one -> one.getMethodCallsFromSelf().stream())
              .filter(call -> call.getName().equals("equals"))
              .filter(call -> TOKENS.contains(call.getTargetOwner().getFullName()))
              .map(Object::toString)
              .toList();
      assertThat(calls).as(module.name()).isEmpty();
    }
  }

  /** By {@code MessageDigest.isEqual}, and by no {@code equals} beside it. */
  private static void assertCompares(JavaClasses classes, String type, String method) {
    var calls =
        StreamSupport.stream(classes.spliterator(), false)
            .filter(one -> one.getFullName().equals(type))
            .flatMap(one -> one.getMethods().stream())
            .filter(one -> one.getName().equals(method))
            .flatMap(one -> one.getMethodCallsFromSelf().stream())
            .map(call -> call.getTarget().getOwner().getSimpleName() + "." + call.getName())
            .toList();
    assertThat(calls)
        .as(type + "." + method)
        .contains("MessageDigest.isEqual")
        .noneMatch(call -> call.endsWith(".equals") || call.endsWith(".contentEquals"));
  }
}
