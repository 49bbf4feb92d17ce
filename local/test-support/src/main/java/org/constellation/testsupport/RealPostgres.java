package org.constellation.testsupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * The JVM's PostgreSQL server. It starts at the first use, syncs every commit to disk as production
 * does, listens on a random loopback port and is gone with the JVM.
 */
public final class RealPostgres {

  // PostgreSQL cuts longer names silently, and two tests could meet in one database.
  private static final int NAME_CHARS_MAX = 63;

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private RealPostgres() {}

  /**
   * Makes an empty database named after the test class; every call makes another one.
   *
   * @throws IllegalStateException if the server refuses
   */
  public static TestDatabase freshDatabase(Class<?> testClass) {
    var suffix = "_" + DATABASES.incrementAndGet();
    var stem = testClass.getSimpleName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    var name =
        stem.substring(0, Math.min(stem.length(), NAME_CHARS_MAX - suffix.length())) + suffix;
    var server = Running.SERVER;
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE \"" + name + "\"");
    } catch (SQLException e) {
      throw new IllegalStateException("no database for " + testClass, e);
    }
    return new TestDatabase(server.getPort(), name);
  }

  static DataSource connectionsTo(TestDatabase database) {
    return Running.SERVER.getDatabase(TestDatabase.USER, database.name());
  }

  /** Started when first touched; zonky stops it in a shutdown hook. */
  private static final class Running {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("max_connections", "300")
            .setLocaleConfig("locale", "C.UTF-8")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL did not start", e);
      }
    }
  }
}
