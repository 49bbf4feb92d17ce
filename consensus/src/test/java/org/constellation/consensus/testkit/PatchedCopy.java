package org.constellation.consensus.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Copies of production classes with known mistakes patched in, compiled and loaded beside the
 * originals. The production classes know nothing of it.
 */
public final class PatchedCopy {

  private static final Path SOURCES = Path.of("src", "main", "java");

  private final MethodHandles.Lookup lookup;
  private final String suffix;
  private final Map<String, String> sources = new TreeMap<>();

  /**
   * Copies that name each other, and nobody else.
   *
   * @param lookup of a class in the package of the originals, which the copies share
   * @param suffix what the names of the copies end with
   * @param names the simple names of the originals
   */
  public PatchedCopy(MethodHandles.Lookup lookup, String suffix, List<String> names) {
    this.lookup = lookup;
    this.suffix = suffix;
    var folder = SOURCES.resolve(lookup.lookupClass().getPackageName().replace('.', '/'));
    for (var name : names) {
      try {
        sources.put(name, Files.readString(folder.resolve(name + ".java")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Replaces something that stands in the original exactly once. */
  public PatchedCopy patch(String name, String original, String patch) {
    var source = sources.getOrDefault(name, "");
    sources.put(name, Patches.apply(source, original, patch, suffix + " of " + name));
    return this;
  }

  /** Loads the copies; the class that the copy of {@code name} is. */
  public Class<?> load(String name) {
    try {
      var copies = Files.createDirectories(Path.of("target", "patched-copies"));
      var directory = Files.createTempDirectory(copies, name);
      var files = new ArrayList<Path>();
      for (var source : sources.entrySet()) {
        var file = directory.resolve(source.getKey() + suffix + ".java");
        files.add(Files.writeString(file, renamed(source.getValue())));
      }
      Patches.compile(files, directory);
      try (var found = Files.walk(directory)) {
        for (var file : found.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
          lookup.defineClass(Files.readAllBytes(file));
        }
      }
      return lookup.findClass(lookup.lookupClass().getPackageName() + "." + name + suffix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private String renamed(String source) {
    return source.replaceAll("\\b(" + String.join("|", sources.keySet()) + ")\\b", "$1" + suffix);
  }
}
