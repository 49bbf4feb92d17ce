package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Environment variables as Spring reads them, against the properties that a service has. */
final class Variables {

  private static final Set<String> OF_LIBRARIES = Sources.ofLibraries();

  private Variables() {}

  /** Whether {@code service} has a property that {@code variable} sets. */
  static boolean isKnown(String service, String variable) {
    var source = environment(Map.of(variable, "x"));
    return own(service).stream().anyMatch(property -> has(source, property)) || isOfLibrary(source);
  }

  /** Properties without which {@code service} does not start and which nothing here sets. */
  static List<String> missing(String service, Map<String, String> variables) {
    var source = environment(variables);
    var demanded = own(service).stream().filter(Sources.Property::isRequired).toList();
    assertThat(demanded).as("the reading of sources").isNotEmpty();
    return demanded.stream()
        .filter(property -> !has(source, property))
        .map(Sources.Property::name)
        .toList();
  }

  private static List<Sources.Property> own(String service) {
    var known = new ArrayList<>(Sources.properties("platform"));
    known.addAll(Sources.properties(service));
    return known;
  }

  private static IterableConfigurationPropertySource environment(Map<String, String> variables) {
    var source =
        new SystemEnvironmentPropertySource(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables));
    if (ConfigurationPropertySource.from(source)
        instanceof IterableConfigurationPropertySource iterable) {
      return iterable;
    }
    throw new AssertionError("Spring does not list the environment");
  }

  private static boolean has(
      IterableConfigurationPropertySource source, Sources.Property property) {
    var name = ConfigurationPropertyName.of(property.name());
    return source.getConfigurationProperty(property.isList() ? name.append("[0]") : name) != null;
  }

  private static boolean isOfLibrary(IterableConfigurationPropertySource source) {
    for (var known : OF_LIBRARIES) {
      if (known.endsWith(".*")) {
        var map = ConfigurationPropertyName.of(known.substring(0, known.length() - 2));
        if (source.stream().anyMatch(map::isAncestorOf)) {
          return true;
        }
      } else if (source.getConfigurationProperty(ConfigurationPropertyName.of(known)) != null) {
        return true;
      }
    }
    return false;
  }
}
