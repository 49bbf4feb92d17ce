package org.constellation.local.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.local.process.Directories;
import org.constellation.local.process.RunDirectory;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server on one data directory. The server is a daemon: it outlives the JVM that
 * started it, whether that ends in peace or by {@code kill -9}, so starting begins with stopping
 * what an earlier crash left behind.
 */
public final class PostgresServer {

  /** The only user; the server listens on the loopback interface and asks for the password. */
  public static final String USER = "postgres";

  /** The database that the services share, each in its own schema. */
  public static final String DATABASE = "constellation";

  // Recovery after a crash reads the log since the last checkpoint, which can be a gigabyte.
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private static final int CONNECTIONS_MAX = 200;

  private final PostgresBinaries binaries;
  private final Path data;
  private final PasswordFile password;
  private final Path log;
  private final int port;

  private PostgresServer(
      PostgresBinaries binaries, Path data, PasswordFile password, Path log, int port) {
    this.binaries = binaries;
    this.data = data;
    this.password = password;
    this.log = log;
    this.port = port;
  }

  /**
   * Starts the server on {@code data}, making the cluster of files first if there is none, and
   * returns when it answers queries and has said that it syncs every commit to disk.
   *
   * @param password of a new cluster; one that an earlier version made asks for none
   * @param log where the server's own messages are appended
   * @throws IOException if it does not start; the message carries what PostgreSQL said
   */
  public static PostgresServer start(Path data, PasswordFile password, Path log, int port)
      throws IOException {
    var binaries = PostgresBinaries.unpackedIn(cache());
    var server = new PostgresServer(binaries, data, password, log, port);
    stopLeftover(data);
    server.initialise();
    server.launch();
    server.verify();
    return server;
  }

  /** The port on the loopback interface. */
  public int port() {
    return port;
  }

  /** The postmaster's process id. */
  public long pid() {
    return postmaster(data).map(ProcessHandle::pid).orElse(-1L);
  }

  /** Where the services' database is found, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  /** Ends open transactions, writes a checkpoint and stops. Does nothing if it is not running. */
  public void stop() throws IOException {
    stopLeftover(data);
  }

  /**
   * Stops whatever server runs on {@code data}, whoever started it, and removes the process file of
   * one that is gone.
   *
   * @return whether a server was running
   */
  public static boolean stopLeftover(Path data) throws IOException {
    var running = postmaster(data);
    if (running.isPresent()) {
      var process = running.get();
      signal("INT", process); // PostgreSQL's "fast" shutdown: do not wait for clients to leave
      if (!RunDirectory.ended(process, STOP_PATIENCE)) {
        signal("QUIT", process); // "immediate": the next start recovers from the log
        RunDirectory.ended(process, STOP_PATIENCE);
      }
    }
    Files.deleteIfExists(data.resolve("postmaster.pid"));
    return running.isPresent();
  }

  /** The server's process, if one runs on {@code data}. A recycled process id does not count. */
  public static Optional<ProcessHandle> postmaster(Path data) {
    try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
      return lines
          .findFirst()
          .map(String::trim)
          .filter(line -> line.matches("\\d{1,18}"))
          .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
          .filter(ProcessHandle::isAlive)
          .filter(process -> process.info().command().orElse("").endsWith("/postgres"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void initialise() throws IOException {
    // PostgreSQL writes postmaster.opts when it first runs. Without it an earlier initdb was cut
    // short, and nothing can have been stored.
    if (Files.exists(data.resolve("postmaster.opts"))) {
      return;
    }
    Directories.delete(data);
    Files.createDirectories(data);
    var word = Files.createTempFile("constellation-postgres", ".password");
    try {
      Files.writeString(word, password.password());
      run(
          List.of(
              binaries.program("initdb"),
              "--pgdata=" + data,
              "--auth=scram-sha-256",
              "--pwfile=" + word,
              "--username=" + USER,
              "--encoding=UTF-8",
              "--locale=C.UTF-8"));
    } finally {
      Files.delete(word);
    }
  }

  private void launch() throws IOException {
    var settings =
        String.join(
            " ",
            "-p " + port,
            "-c listen_addresses=127.0.0.1",
            "-c unix_socket_directories=''",
            "-c max_connections=" + CONNECTIONS_MAX,
            "-c fsync=on",
            "-c synchronous_commit=on",
            "-c full_page_writes=on",
            "-c log_checkpoints=off");
    Directories.createParent(log);
    run(
        List.of(
            binaries.program("pg_ctl"),
            "start",
            "--wait",
            "--timeout=" + START_PATIENCE.toSeconds(),
            "--pgdata=" + data,
            "--log=" + log,
            "--options=" + settings));
  }

  private void verify() throws IOException {
    try (var connection = connect("postgres")) {
      for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        if (!"on".equals(ask(connection, "SELECT current_setting('" + setting + "')"))) {
          throw new IOException("PostgreSQL runs with " + setting + " off");
        }
      }
      var known = "SELECT datname FROM pg_database WHERE datname = '" + DATABASE + "'";
      if (ask(connection, known) == null) {
        try (var statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE " + DATABASE);
        }
      }
    } catch (SQLException e) {
      throw new IOException("PostgreSQL started, but answers no query", e);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, password.password());
  }

  private static @Nullable String ask(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  private static void run(List<String> program) throws IOException {
    var command = new ArrayList<String>(asOrdinaryUser());
    command.addAll(program);
    // A file, not a pipe: the daemon inherits the output and would keep a pipe open for ever.
    var output = Files.createTempFile("constellation-postgres", ".out");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (process.waitFor() != 0) {
        var said = Files.readString(output, StandardCharsets.UTF_8).strip();
        throw new IOException(Path.of(program.getFirst()).getFileName() + " failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for PostgreSQL", e);
    } finally {
      Files.delete(output);
    }
  }

  // PostgreSQL refuses to run as root. In a user namespace of its own it sees an ordinary user.
  private static List<String> asOrdinaryUser() {
    return "root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of();
  }

  private static void signal(String name, ProcessHandle process) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping PostgreSQL", e);
    }
  }

  private static Path cache() {
    var home = Path.of(System.getProperty("user.home"));
    return home.resolve(".cache").resolve("constellation");
  }
}
