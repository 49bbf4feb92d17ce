package org.constellation.local.services;

import java.nio.file.Path;
import java.util.Optional;
import org.constellation.platform.provision.NetworkFiles;
import org.jspecify.annotations.Nullable;

/**
 * What this JVM was told by system properties.
 *
 * @param services what to run: {@code all}, {@code provision}, or one service or member
 * @param files the network's data directory
 * @param facilitators how many facilitators a new network has
 * @param galaxies how many galaxy members a new network has
 * @param network the network's name
 * @param lookup of further properties
 */
record LocalSettings(
    String services,
    NetworkFiles files,
    int facilitators,
    int galaxies,
    String network,
    Lookup lookup) {

  /** Reads a property that may be absent. */
  @FunctionalInterface
  interface Lookup {
    @Nullable String property(String name);
  }

  private static final String PREFIX = "constellation.";
  private static final String MEMBERS = "4";
  private static final String NETWORK = "local";

  /**
   * @throws IllegalArgumentException if a property is missing or no number
   */
  static LocalSettings of(Lookup lookup) {
    var properties = new Properties(lookup);
    return new LocalSettings(
        properties.text("services", "all"),
        new NetworkFiles(Path.of(properties.required("data"))),
        Integer.parseInt(properties.text("facilitators", MEMBERS)),
        Integer.parseInt(properties.text("galaxies", MEMBERS)),
        properties.text("network", NETWORK),
        lookup);
  }

  private record Properties(Lookup lookup) {
    String text(String name, String otherwise) {
      var value = lookup.property(PREFIX + name);
      return value == null ? otherwise : value;
    }

    String required(String name) {
      var value = lookup.property(PREFIX + name);
      if (value == null) {
        throw new IllegalArgumentException(PREFIX + name + " is missing");
      }
      return value;
    }
  }

  /** The HTTP port of a server of this network, if it was told. */
  Optional<Integer> port(String server) {
    return Optional.ofNullable(lookup.property(PREFIX + "ports." + server)).map(Integer::valueOf);
  }

  /** The port on which a server of this network says how it is, if it was told. */
  Optional<Integer> managementPort(String server) {
    return port(server + "-management");
  }

  /** The same, running something else. */
  LocalSettings running(String other) {
    return new LocalSettings(other, files, facilitators, galaxies, network, lookup);
  }
}
