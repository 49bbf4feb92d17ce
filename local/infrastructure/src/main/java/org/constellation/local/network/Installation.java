package org.constellation.local.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the built artefacts are, and the Java that runs them.
 *
 * @param java the launcher of the running JDK
 * @param infrastructure this artefact's class path
 * @param services the class path of {@code local/services}
 * @param learnt what a JVM with that class path learnt when it was tried out (an ahead-of-time
 *     cache, JEP 514), so that others start sooner; absent if it was not
 */
public record Installation(
    Path java, String infrastructure, String services, Optional<Path> learnt) {

  /** The checkout whose root is {@code home}; fails if the services have not been built. */
  public static Installation in(Path home) throws IOException {
    var built = home.resolve("local").resolve("services").resolve("target");
    var jar = built.resolve("local-services.jar");
    if (!Files.exists(jar)) {
      throw new IOException("the services are not built: " + jar + " is missing");
    }
    var libraries = Files.readString(built.resolve("runtime.classpath")).strip();
    return new Installation(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        jar + System.getProperty("path.separator") + libraries,
        Optional.of(built.resolve("services.aot")).filter(Files::exists));
  }

  /** The command line of a JVM on the given class path. */
  List<String> jvm(String classPath, List<String> options, String mainClass, List<String> args) {
    var words = new ArrayList<String>();
    words.add(java.toString());
    words.addAll(options);
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("--sun-misc-unsafe-memory-access=allow");
    words.add("-cp");
    words.add(classPath);
    words.add(mainClass);
    words.addAll(args);
    return List.copyOf(words);
  }
}
