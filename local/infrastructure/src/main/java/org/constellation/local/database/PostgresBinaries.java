package org.constellation.local.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.constellation.local.process.Directories;

/**
 * The directory that holds {@code bin/pg_ctl} and its kin, unpacked from the archive for this
 * platform on the class path.
 *
 * @param home the unpacked tree
 */
record PostgresBinaries(Path home) {

  private static final String COMPLETE = ".complete";

  /**
   * Unpacks into {@code cache} unless that has been done before. Two processes may do so at once:
   * the tree appears by one rename, and the slower one's copy is thrown away.
   *
   * @throws IOException if the class path has no archive for this platform, or the disk refuses
   */
  static PostgresBinaries unpackedIn(Path cache) throws IOException {
    var archive = archiveName();
    var home = cache.resolve(archive.replace(".txz", "") + "-" + archiveBytes(archive));
    if (!Files.exists(home.resolve(COMPLETE))) {
      Files.createDirectories(cache);
      var fresh = Files.createTempDirectory(cache, "unpacking");
      unpack(archive, fresh);
      Files.createFile(fresh.resolve(COMPLETE));
      publish(fresh, home);
    }
    return new PostgresBinaries(home);
  }

  /** The path of one of PostgreSQL's programs. */
  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static String archiveName() {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var platform = system.contains("mac") ? "darwin" : "linux";
    var arm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("aarch64|arm64");
    return "postgres-" + platform + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
  }

  // The size stands in for a version: another release of the archive gets another directory.
  private static long archiveBytes(String archive) throws IOException {
    var resource = PostgresBinaries.class.getResource("/" + archive);
    if (resource == null) {
      throw new IOException(
          "there is no PostgreSQL for this platform on the class path (" + archive + ")");
    }
    return resource.openConnection().getContentLengthLong();
  }

  private static void unpack(String archive, Path target) throws IOException {
    try (var resource = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
      if (resource == null) {
        throw new IOException("the class path lost " + archive);
      }
      var tar =
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(resource)));
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive leads out of its directory: " + entry.getName());
        }
        unpackEntry(tar, entry, path);
      }
    }
  }

  private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Directories.createParent(path);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      var executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static void publish(Path fresh, Path home) throws IOException {
    try {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException e) {
      if (!Files.exists(home.resolve(COMPLETE))) {
        throw e;
      }
    }
  }
}
