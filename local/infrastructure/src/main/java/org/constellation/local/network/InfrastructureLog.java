package org.constellation.local.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.constellation.local.process.Directories;

/** Where the libraries of this process log: never onto the user's terminal. */
public final class InfrastructureLog {

  // Kept, since the JDK's loggers are garbage once nobody holds them.
  private static final Logger ROOT = Logger.getLogger("");

  private InfrastructureLog() {}

  /** Appends warnings to {@code file}, and shows them nowhere else. */
  public static void into(Path file) throws IOException {
    quieten();
    Directories.createParent(file);
    for (var handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    var handler = new FileHandler(file.toString(), true);
    handler.setFormatter(new SimpleFormatter());
    ROOT.addHandler(handler);
  }

  /** Keeps only warnings, on standard error. */
  public static void quieten() {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
    ROOT.setLevel(Level.WARNING);
  }
}
