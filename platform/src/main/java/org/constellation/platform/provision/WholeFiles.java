package org.constellation.platform.provision;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import org.constellation.platform.security.SecretFile;

/** Files that are there whole or not at all, also after a loss of power. */
final class WholeFiles {

  private WholeFiles() {}

  /** Writes a secret, whole or not at all, unless it is there. */
  static void keep(Path file, byte[] secret) throws IOException {
    if (!Files.exists(file)) {
      replace(file, secret);
    }
  }

  /** Writes a secret, whole or not at all, in the place of what is there. */
  static void replace(Path file, byte[] secret) throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    SecretFile.create(draft, secret);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    syncDirectoryOf(file);
  }

  /** Writes a file that all may read, whole or not at all. */
  static void publish(Path file, byte[] content) throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.write(draft, content);
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    syncDirectoryOf(file);
  }

  /** Makes a new name as lasting as what it names. */
  static void syncDirectoryOf(Path file) throws IOException {
    var parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      try (var directory = FileChannel.open(parent, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  /** Deletes a directory with all that is in it, if it is there. */
  static void discard(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var entries = Files.walk(directory)) {
      for (var path : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
