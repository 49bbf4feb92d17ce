package org.constellation.local.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Keeps logs small. Their writers hold them open for appending, so a full log is copied to {@code
 * NAME.log.1} and emptied in place; a line written in between may be lost.
 */
public final class LogRotation {

  /** A log that has grown beyond this is turned over; its predecessor is dropped. */
  public static final long LOG_BYTES_MAX = 20L * 1024 * 1024;

  private LogRotation() {}

  /** Turns over every log in {@code directory} that is larger than {@code bytesMax}. */
  public static void turnOver(Path directory, long bytesMax) throws IOException {
    for (var log : logsIn(directory)) {
      if (Files.size(log) > bytesMax) {
        var kept = log.resolveSibling(log.getFileName() + ".1");
        Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING);
        FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
            .close();
      }
    }
  }

  private static List<Path> logsIn(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.filter(path -> path.toString().endsWith(".log")).toList();
    }
  }
}
