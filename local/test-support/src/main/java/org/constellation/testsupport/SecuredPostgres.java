package org.constellation.testsupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL server of a test's own that shows a certificate and takes no connection without. */
public final class SecuredPostgres implements AutoCloseable {

  private static final String ONLY_ENCRYPTED = "hostssl all all 127.0.0.1/32 trust\n";

  private final EmbeddedPostgres server;
  private final TestCertificates.Pem shown;

  private SecuredPostgres(EmbeddedPostgres server, TestCertificates.Pem shown) {
    this.server = server;
    this.shown = shown;
  }

  /**
   * Starts it.
   *
   * @param directory for its files
   * @param certificate what it shows at first
   */
  public static SecuredPostgres start(Path directory, TestCertificates.Pem certificate)
      throws IOException, SQLException {
    var shown =
        new TestCertificates.Pem(
            directory.resolve("shown.crt").toAbsolutePath(),
            directory.resolve("shown.key").toAbsolutePath());
    put(certificate, shown);
    var data = directory.resolve("database");
    var server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", shown.certificate().toString())
            .setServerConfig("ssl_key_file", shown.key().toString())
            .setLocaleConfig("locale", "C.UTF-8")
            .start();
    var secured = new SecuredPostgres(server, shown);
    Files.writeString(data.resolve("pg_hba.conf"), ONLY_ENCRYPTED);
    secured.ask("SELECT pg_reload_conf()");
    return secured;
  }

  // The files are replaced one after the other; the server reads them when it is told to.
  private static void put(TestCertificates.Pem from, TestCertificates.Pem to) throws IOException {
    replace(from.certificate(), to.certificate());
    replace(from.key(), to.key());
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** Shows another certificate to whoever connects from now on, as after {@code pg_ctl reload}. */
  public void show(TestCertificates.Pem certificate) throws IOException, SQLException {
    put(certificate, shown);
    ask("SELECT pg_reload_conf()");
  }

  /**
   * Its address for JDBC.
   *
   * @param host a name of this machine's loopback interface
   * @param options of the driver, as {@code sslmode=verify-full}
   */
  public String jdbcUrl(String host, String... options) {
    return "jdbc:postgresql://"
        + host
        + ":"
        + server.getPort()
        + "/postgres?"
        + String.join("&", options);
  }

  /** What a Spring Boot application needs to use it. */
  public static Map<String, String> springProperties(String jdbcUrl) {
    return Map.of(
        "spring.datasource.url",
        jdbcUrl,
        "spring.datasource.username",
        TestDatabase.USER,
        "spring.datasource.password",
        "");
  }

  /** The first column of what the server answers its administrator, who believes anything. */
  public List<String> ask(String query) throws SQLException {
    try (var connection = administrator();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var answer = new ArrayList<String>();
      while (rows.next()) {
        answer.add(rows.getString(1));
      }
      return answer;
    }
  }

  private Connection administrator() throws SQLException {
    return DriverManager.getConnection(
        jdbcUrl("127.0.0.1", "sslmode=require"), TestDatabase.USER, "");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
