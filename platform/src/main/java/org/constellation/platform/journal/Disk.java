package org.constellation.platform.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * How a member's files are changed; reading goes past it. What was written counts as kept once its
 * channel was forced, and a new name once its directory was synced. Another disk, for instance one
 * that gets full or loses power, sees every change here and on the channels that it opens.
 */
public interface Disk {

  /** The machine's own file system. */
  Disk LOCAL = new LocalDisk();

  /** Makes a directory with those above it, as far as they are missing. */
  void makeDirectories(Path directory) throws IOException;

  /** Opens a file for writing, or to lock it. */
  FileChannel open(Path path, OpenOption... options) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(Path path) throws IOException;

  /** Without it a file's name may be lost although its bytes are there. */
  void syncDirectory(Path directory) throws IOException;
}
