package org.constellation.local.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How simulated networks are run: the contract between this artefact and {@code simulation}, whose
 * code it does not know. Main class {@value #MAIN}; its documentation names the arguments and the
 * exit codes.
 */
public final class SimulationProcess {

  static final String MAIN = "org.constellation.simulation.Simulate";

  private SimulationProcess() {}

  /**
   * Runs it to its end, on this process's own streams.
   *
   * @param home root of the checkout
   * @return its exit code
   */
  public static int run(Path home, List<String> arguments)
      throws IOException, InterruptedException {
    var built = home.resolve("simulation").resolve("target");
    var jar = built.resolve("simulation.jar");
    if (!Files.exists(jar)) {
      throw new IOException("the simulation is not built: " + jar + " is missing");
    }
    var libraries = Files.readString(built.resolve("runtime.classpath")).strip();
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // One thread works; what it makes is short-lived.
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-Xmn600m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            jar + System.getProperty("path.separator") + libraries,
            MAIN));
    words.addAll(arguments);
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }
}
