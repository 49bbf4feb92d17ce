package org.constellation.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.constellation.local.process.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void nameTheDataDirectory() {
    data = directory.resolve("postgres");
  }

  @AfterEach
  void stopTheServer() throws IOException {
    PostgresServer.stopLeftover(data);
  }

  @Test
  void keepsItsRowsAcrossARestart() throws Exception {
    var first = start();
    execute(first, "CREATE TABLE star (id int); INSERT INTO star VALUES (7)");
    first.stop();

    assertThat(ask(start(), "SELECT id FROM star")).isEqualTo("7");
  }

  /** Others who may log in to this machine may not log in to the database. */
  @Test
  void letsNobodyInWhoCannotReadThePassword() throws Exception {
    var server = start();

    for (var guess : List.of("", "postgres")) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(
              () -> DriverManager.getConnection(server.jdbcUrl(), PostgresServer.USER, guess))
          .withMessageContaining("password");
    }
    assertThat(Files.getPosixFilePermissions(password().file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(ask(server, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'trust'"))
        .isEqualTo("0");
  }

  @Test
  void syncsEveryCommitToDisk() throws Exception {
    var server = start();

    assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
    assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
  }

  @Test
  void keepsWhatWasCommittedWhenItIsKilled() throws Exception {
    var first = start();
    execute(first, "CREATE TABLE star (id int); INSERT INTO star VALUES (7)");
    var postmaster = ProcessHandle.of(first.pid()).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().join();

    assertThat(ask(start(), "SELECT id FROM star")).isEqualTo("7");
  }

  @Test
  void stopsAServerThatACrashLeftBehindBeforeItStartsAnother() throws Exception {
    var orphan = start();
    var orphanPid = orphan.pid();

    var next = start();

    assertThat(ProcessHandle.of(orphanPid)).isEmpty();
    assertThat(next.pid()).isNotEqualTo(orphanPid);
    assertThat(ask(next, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void leavesAForeignProcessAloneThatHasTheRecordedPid() throws Exception {
    start().stop();
    var innocent = ProcessHandle.current();
    Files.writeString(data.resolve("postmaster.pid"), innocent.pid() + "\n" + data + "\n");

    var server = start();

    assertThat(innocent.isAlive()).isTrue();
    assertThat(server.pid()).isNotEqualTo(innocent.pid());
  }

  @Test
  void startsOverWhenTheFirstInitialisationWasCutShort() throws Exception {
    Files.createDirectories(data.resolve("base"));
    Files.writeString(data.resolve("PG_VERSION"), "18\n");
    Files.writeString(data.resolve("postgresql.conf"), "");

    assertThat(ask(start(), "SELECT 1")).isEqualTo("1");
  }

  private PostgresServer start() throws IOException {
    return PostgresServer.start(
        data, password(), directory.resolve("database.log"), new Ports().choose());
  }

  private PasswordFile password() throws IOException {
    return PasswordFile.at(directory.resolve("database.pgpass"));
  }

  private Connection connect(PostgresServer server) throws IOException, SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl(), PostgresServer.USER, password().password());
  }

  private void execute(PostgresServer server, String sql) throws IOException, SQLException {
    try (var connection = connect(server);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(PostgresServer server, String query) throws IOException, SQLException {
    try (var connection = connect(server);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
