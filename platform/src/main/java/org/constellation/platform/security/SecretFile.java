package org.constellation.platform.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A small file that only its owner may read; made by provisioning, never by a running service. */
public final class SecretFile {

  private static final int BYTES_MAX = 64 * 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private SecretFile() {}

  /**
   * Writes a new one, readable by its owner from the first moment on, and syncs it.
   *
   * @throws IOException also if there is one already: a secret is never overwritten
   */
  public static void create(Path path, byte[] content) throws IOException {
    var parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try (var channel =
        FileChannel.open(
            path,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /**
   * Reads one.
   *
   * @throws IOException also if others than its owner may read it, or if it is larger than a secret
   */
  public static byte[] read(Path path) throws IOException {
    var excess = EnumSet.copyOf(Files.getPosixFilePermissions(path));
    excess.removeAll(OWNER_ONLY);
    if (!excess.isEmpty()) {
      throw new IOException(path + " is open to others than its owner: chmod 600");
    }
    if (Files.size(path) > BYTES_MAX) {
      throw new IOException(path + " is too large for a secret");
    }
    return Files.readAllBytes(path);
  }
}
