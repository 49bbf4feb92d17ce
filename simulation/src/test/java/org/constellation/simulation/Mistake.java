package org.constellation.simulation;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.constellation.consensus.testkit.Patches;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of {@link BrokenNetwork}, made and looked for.
 *
 * @param caughtBy what a watcher says first when it sees it
 * @param seed with which the search begins
 */
record Mistake(String name, Scenario scenario, String caughtBy, long seed, List<Patch> patches) {

  /** A replacement of what stands once in a source, after those before it. */
  record Patch(String module, String type, String original, String replacement) {}

  /**
   * What was found first.
   *
   * @param options of the seed that showed it
   */
  record Caught(Options options, String violation) {}

  Mistake {
    patches = List.copyOf(patches);
  }

  /**
   * Runs seeds from its own on until one shows the mistake by the invariant that it breaks. On the
   * way it may do other harm, too, and more often.
   */
  Optional<Caught> firstCaught(int seedsMax, Path directory)
      throws IOException, InterruptedException {
    var classes = compile(directory);
    var process =
        ChildProcess.simulate(
            classes + File.pathSeparator + Patches.classPath(),
            "--scenario",
            scenario.slug(),
            "--seed",
            Long.toString(seed),
            "--seeds",
            Integer.toString(seedsMax));
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var seeds = 0L;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        seeds++;
        var outcome = JsonMapper.shared().readTree(line).path("outcome").asString();
        if (outcome.startsWith(caughtBy + ": ")) {
          var wish = Options.Wish.of(seed + seeds - 1, scenario);
          return Optional.of(new Caught(Options.draw(wish), outcome));
        }
      }
      if (seeds < seedsMax) {
        throw new IOException(name + " ended after " + seeds + " seeds");
      }
      return Optional.empty();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Path compile(Path directory) throws IOException {
    var classes = Files.createDirectories(directory.resolve("classes"));
    Patches.compile(List.copyOf(apply(directory)), classes);
    return classes;
  }

  /** Patches a copy of the sources: those files. */
  Set<Path> apply(Path directory) throws IOException {
    var files = new TreeSet<Path>();
    for (var patch : patches) {
      var source = Path.of("..", patch.module(), "src", "main", "java", "org", "constellation");
      var copy = directory.resolve("sources").resolve(patch.type() + ".java");
      var text =
          Files.readString(Files.exists(copy) ? copy : source.resolve(patch.type() + ".java"));
      var patched =
          Patches.apply(text, patch.original(), patch.replacement(), name + " of " + patch.type());
      Files.createDirectories(copy.getParent());
      files.add(Files.writeString(copy, patched));
    }
    return files;
  }
}
