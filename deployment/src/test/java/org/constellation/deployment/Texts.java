package org.constellation.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Files of the checkout that are read as they are written. */
final class Texts {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private Texts() {}

  /** What configures, builds, starts or watches something, the services' own files included. */
  static List<Path> configuration() {
    var files = new ArrayList<>(List.of(Chart.CHECKOUT.resolve("pom.xml")));
    for (var name : List.of(Compose.NETWORK, Compose.ORGANISATION, "constellation", "mvnw")) {
      files.add(Chart.CHECKOUT.resolve(name));
    }
    for (var directory : List.of(".ci", "docker", "helm", "kafka", "monitoring")) {
      files.addAll(below(directory, ""));
    }
    for (var module : modules()) {
      files.addAll(below(module + "/src/main/resources", ".yml"));
      files.addAll(below(module + "/src/main/resources", ".properties"));
    }
    return files;
  }

  /** What readers are told, without what is written from the code and what is history. */
  static List<Path> pages() {
    var files = new ArrayList<Path>();
    for (var name : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md")) {
      files.add(Chart.CHECKOUT.resolve(name));
    }
    for (var directory : List.of("docs", "docker", "helm", "kafka", "monitoring")) {
      files.addAll(below(directory, ".md"));
    }
    files.removeIf(file -> file.startsWith(Chart.CHECKOUT.resolve("docs/reference")));
    return files;
  }

  /** All of the code, tests included. */
  static List<Path> sources() {
    return modules().stream().flatMap(module -> below(module + "/src", ".java").stream()).toList();
  }

  /** What the first group of {@code pattern} is anywhere in them. */
  static Set<String> words(Collection<Path> files, Pattern pattern) {
    return files.stream()
        .flatMap(file -> words(read(file), pattern).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the first group of {@code pattern} is, wherever it is found, in that order. */
  static List<String> words(String text, Pattern pattern) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static List<String> modules() {
    return words(read(Chart.CHECKOUT.resolve("pom.xml")), MODULE);
  }

  private static List<Path> below(String directory, String end) {
    var root = Chart.CHECKOUT.resolve(directory);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (var walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(end))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
