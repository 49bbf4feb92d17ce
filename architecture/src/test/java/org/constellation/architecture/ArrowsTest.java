package org.constellation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which module may use which: every arrow points towards {@code protocol}. */
class ArrowsTest {

  private static final Set<String> PURE = Set.of("protocol", "consensus");
  private static final Set<String> GLUE = Set.of("protocol", "consensus", "platform");
  private static final Set<String> SERVICES =
      Set.of(
          "star-service",
          "cluster-consensus-service",
          "galaxy-service",
          "blackhole-ledger",
          "meme-scoring-service",
          "heartbeat-service",
          "contract-gateway");

  @Test
  void everyModuleUsesOnlyWhatItMay() {
    var homes = homes();
    var wrong = new ArrayList<String>();
    for (var module : Module.all()) {
      var allowed = allowed(module.name());
      for (var used : module.classes()) {
        for (var dependency : used.getDirectDependenciesFromSelf()) {
          var home = homes.get(dependency.getTargetClass().getBaseComponentType().getName());
          if (home != null && !home.equals(module.name()) && !allowed.contains(home)) {
            wrong.add(module + " -> " + home + ": " + dependency.getDescription());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noClassNameIsUsedByTwoModules() {
    var seen = new TreeMap<String, String>();
    for (var module : Module.all()) {
      for (var type : module.classes()) {
        if (!type.getSimpleName().equals("package-info")) {
          assertThat(seen.put(type.getName(), module.name())).as(type.getName()).isNull();
        }
      }
    }
  }

  private static Set<String> allowed(String module) {
    return switch (module) {
      case "protocol", "contract-sdk" -> Set.of();
      case "local/test-support" -> Set.of("local/infrastructure");
      case "consensus" -> Set.of("protocol");
      case "platform" -> PURE;
      // The broker's libraries are on its class path, so no service's may be.
      case "local/infrastructure" -> PURE;
      case "local/byzantine" -> Set.of("protocol", "platform", "simulation");
      case "local/services", "simulation", "system-tests", "benchmarks" ->
          List.of(GLUE, SERVICES).stream().flatMap(Set::stream).collect(Collectors.toSet());
      default -> {
        assertThat(SERVICES).as("say in ArrowsTest where %s stands", module).contains(module);
        yield GLUE;
      }
    };
  }

  private static Map<String, String> homes() {
    var homes = new TreeMap<String, String>();
    for (var module : Module.all()) {
      for (JavaClass type : module.classes()) {
        homes.put(type.getName(), module.name());
      }
    }
    return homes;
  }
}
