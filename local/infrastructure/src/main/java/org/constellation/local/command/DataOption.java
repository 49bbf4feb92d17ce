package org.constellation.local.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.LocalNetwork;
import picocli.CommandLine.Option;

/** Which network a command is about. */
final class DataOption {

  private static final Path DEFAULT = home().resolve(".constellation");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the network keeps everything (default: .constellation in the checkout).")
  private Path directory = DEFAULT;

  /** The directory, whether a network is there or not. */
  DataDirectory directory() {
    return new DataDirectory(directory);
  }

  /**
   * The directory of a network that was made, whether it runs or not.
   *
   * @throws IOException if there is none: then nothing else can be said about what is asked for
   */
  DataDirectory network() throws IOException {
    var data = directory();
    if (data.shape().isEmpty()) {
      throw new IOException(
          "there is no network in %s%s: `./constellation up%s` makes one"
              .formatted(
                  data.root(),
                  directory.equals(DEFAULT)
                      ? ", where it is looked for without --data"
                      : "; without --data it is looked for in "
                          + DEFAULT.toAbsolutePath().normalize(),
                  repeated()));
    }
    return data;
  }

  /**
   * Why there is nothing under a name, and which names there are.
   *
   * @param what a process, or what each of them has
   */
  static IOException unknown(
      DataDirectory network, String what, String name, Collection<String> known)
      throws IOException {
    var host = network.shape().flatMap(shape -> LocalNetwork.hostOf(name, shape));
    if (host.isPresent()) {
      return new IOException(
          "%s has no %s of its own here: it runs in %s (with `up --processes` each has one)"
              .formatted(name, what, host.get()));
    }
    return new IOException(
        known.isEmpty()
            ? "the network in %s is not up, so there is no %s %s"
                .formatted(network.root(), what, name)
            : "there is no %s of that name, %s; there are: %s"
                .formatted(what, name, String.join(", ", known)));
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
