package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Environment variables as Spring reads them, against the properties that a service has. */
final class Variables {

  private static final Map<String, Set<String>> KNOWN = new ConcurrentHashMap<>();

  private Variables() {}

  /** Whether {@code service} has a property that {@code variable} sets. */
  static boolean isKnown(String service, String variable) {
    var source = environment(Map.of(variable, "x"));
    return known(service).stream().anyMatch(property -> isSet(source, property));
  }

  /** Whether some service has a property that {@code variable} sets. */
  static boolean isOfAny(String variable) {
    return Chart.SERVICES.stream().anyMatch(service -> isKnown(service, variable));
  }

  /** Whether some service has the property {@code name}, or some that begin with it. */
  static boolean isProperty(String name) {
    var one = ConfigurationPropertyName.of(name);
    return Chart.SERVICES.stream()
        .flatMap(service -> known(service).stream())
        .anyMatch(
            known -> {
              var property = ConfigurationPropertyName.of(withoutStar(known));
              return one.equals(property)
                  || one.isAncestorOf(property)
                  || (isMap(known) && property.isAncestorOf(one));
            });
  }

  /** Properties without which {@code service} does not start and which nothing here sets. */
  static List<String> missing(String service, Map<String, String> variables) {
    var source = environment(variables);
    var demanded = own(service).stream().filter(Sources.Property::isRequired).toList();
    assertThat(demanded).as("the reading of sources").isNotEmpty();
    return demanded.stream()
        .filter(property -> names(property).noneMatch(name -> isSet(source, name)))
        .map(Sources.Property::name)
        .toList();
  }

  private static Set<String> known(String service) {
    return KNOWN.computeIfAbsent(
        service,
        _ -> {
          var known = new TreeSet<>(Sources.ofLibraries(service));
          own(service).stream().flatMap(Variables::names).forEach(known::add);
          return known;
        });
  }

  private static List<Sources.Property> own(String service) {
    var known = new ArrayList<>(Sources.properties("platform"));
    known.addAll(Sources.properties(service));
    return known;
  }

  /** By which it is set: a list as a whole, or from its first element on. */
  private static Stream<String> names(Sources.Property property) {
    return property.isList()
        ? Stream.of(property.name(), property.name() + "[0]")
        : Stream.of(property.name());
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

  private static boolean isSet(IterableConfigurationPropertySource source, String property) {
    var name = ConfigurationPropertyName.of(withoutStar(property));
    return isMap(property)
        ? source.stream().anyMatch(name::isAncestorOf)
        : source.getConfigurationProperty(name) != null;
  }

  private static boolean isMap(String property) {
    return property.endsWith(".*");
  }

  private static String withoutStar(String property) {
    return isMap(property) ? property.substring(0, property.length() - ".*".length()) : property;
  }
}
