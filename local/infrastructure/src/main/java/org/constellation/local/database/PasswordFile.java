package org.constellation.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The database's password where only its owner may read it, in the form of PostgreSQL's {@code
 * .pgpass}. Drivers and {@code psql} read it there, so that it stands in no command line.
 *
 * @param file its place
 * @param password what it holds
 */
public record PasswordFile(Path file, String password) {

  /** The system property by which the driver is told of such a file. */
  public static final String PROPERTY = "org.postgresql.pgpassfile";

  private static final int BYTES = 24;
  private static final String ANY_DATABASE = "127.0.0.1:*:*:" + PostgresServer.USER + ":";

  /** The file at this place, with a new password if it is not there yet. */
  public static PasswordFile at(Path file) throws IOException {
    if (!Files.exists(file)) {
      var bytes = new byte[BYTES];
      new SecureRandom().nextBytes(bytes);
      var rights =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var draft = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(draft);
      Files.createFile(draft, rights);
      Files.writeString(draft, ANY_DATABASE + HexFormat.of().formatHex(bytes) + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    var line = Files.readString(file).strip();
    return new PasswordFile(file, line.substring(line.lastIndexOf(':') + 1));
  }

  /** Not the password. */
  @Override
  public String toString() {
    return file.toString();
  }
}
