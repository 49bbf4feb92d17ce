package org.constellation.platform.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens a journal's files for writing; tests put a disk here that gets full. */
@FunctionalInterface
interface Disk {

  /** The file system. */
  Disk LOCAL = FileChannel::open;

  FileChannel open(Path path, StandardOpenOption... options) throws IOException;
}
