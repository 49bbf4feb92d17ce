package org.constellation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One module of the build that has production code.
 *
 * @param name its path in the checkout, for instance {@code local/infrastructure}
 */
record Module(String name) {

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  // Importing is most of the work of every rule.
  private static final Map<Path, JavaClasses> IMPORTED = new ConcurrentHashMap<>();
  private static final Pattern DECLARED = Pattern.compile("<module>([^<]+)</module>");

  /** All that the root POM names, in its order. */
  static List<Module> all() {
    try {
      return DECLARED
          .matcher(Files.readString(CHECKOUT.resolve("pom.xml")))
          .results()
          .map(match -> new Module(match.group(1)))
          .filter(module -> Files.isDirectory(module.sources()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path sources() {
    return CHECKOUT.resolve(name).resolve("src/main/java");
  }

  Path classFiles() {
    return CHECKOUT.resolve(name).resolve("target/classes");
  }

  /** The compiled production classes. A rule over no classes would always hold. */
  JavaClasses classes() {
    return IMPORTED.computeIfAbsent(
        classFiles(),
        path -> {
          var classes = new ClassFileImporter().importPath(path);
          assertThat(classes).as("compiled classes of %s", name).isNotEmpty();
          return classes;
        });
  }

  List<Path> sourceFiles() throws IOException {
    try (var files = Files.walk(sources())) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** The lines of every source file of that name, which is nearly always one. */
  List<String> sourceLines(String fileName) {
    try {
      var lines = new ArrayList<String>();
      for (var file : sourceFiles()) {
        if (file.endsWith(fileName)) {
          lines.addAll(Files.readAllLines(file));
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
