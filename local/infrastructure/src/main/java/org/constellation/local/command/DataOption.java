package org.constellation.local.command;

import java.nio.file.Path;
import org.constellation.local.network.DataDirectory;
import picocli.CommandLine.Option;

/** Which network a command is about. */
final class DataOption {

  private static final Path DEFAULT = home().resolve(".constellation");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the network keeps everything (default: .constellation in the checkout).")
  private Path directory = DEFAULT;

  DataDirectory directory() {
    return new DataDirectory(directory);
  }

  /** What a further command has to say to be about the same network, with a space before it. */
  String repeated() {
    return directory.equals(DEFAULT) ? "" : " --data " + directory;
  }

  /** The checkout; the script that starts this program says where that is. */
  static Path home() {
    return Path.of(System.getProperty("constellation.home", "."));
  }
}
