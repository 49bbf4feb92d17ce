package org.constellation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Inside a service a feature's root package is its domain, and {@code kafka}, {@code jpa} and
 * {@code web} below it are adapters: nobody outside an adapter names what is in it.
 */
class AdaptersTest {

  private static final Pattern ADAPTER =
      Pattern.compile("(org\\.constellation\\..*\\.(?:kafka|jpa|web))(?:\\..*)?");

  @Test
  void adaptersAreKnownToNobody() {
    var wrong = new ArrayList<String>();
    for (var module : Module.all()) {
      // The platform is the adapters' own library: what it offers for Kafka is its public face.
      if (module.name().equals("platform")) {
        continue;
      }
      for (var type : module.classes()) {
        for (var dependency : type.getDirectDependenciesFromSelf()) {
          var target = dependency.getTargetClass().getBaseComponentType().getPackageName();
          var adapter = ADAPTER.matcher(target);
          if (adapter.matches()
              && !target.startsWith("org.constellation.platform.")
              && !(type.getPackageName() + ".").startsWith(adapter.group(1) + ".")) {
            wrong.add(dependency.getDescription());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
