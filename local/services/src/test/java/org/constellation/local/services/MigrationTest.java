package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.constellation.blackhole.BlackholeLedgerApplication;
import org.constellation.star.StarServiceApplication;
import org.constellation.testsupport.RealPostgres;
import org.constellation.testsupport.SecuredPostgres;
import org.constellation.testsupport.TestCertificates;
import org.constellation.testsupport.TestDatabase;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** A schema is made without its service, as a deployment's job does it. */
@ExtendWith(OutputCaptureExtension.class)
class MigrationTest {

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = ?";

  /** The services that have a schema. */
  enum Migrated {
    STAR("star", "half_block"),
    BLACKHOLE("blackhole", "block");

    private final String schema;
    private final String table;

    Migrated(String schema, String table) {
      this.schema = schema;
      this.table = table;
    }

    // Neither a genesis file nor a broker is named: the service itself would not start.
    void migrate(String url) {
      var arguments = new ArrayList<>(List.of("migrate"));
      SecuredPostgres.springProperties(url)
          .forEach((property, value) -> arguments.add("--" + property + "=" + value));
      var words = arguments.toArray(String[]::new);
      switch (this) {
        case STAR -> StarServiceApplication.main(words);
        case BLACKHOLE -> BlackholeLedgerApplication.main(words);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theWordMigrateMakesTheSchemaAndStartsNothingElse(Migrated service) {
    var database = RealPostgres.freshDatabase(MigrationTest.class);
    service.migrate(database.jdbcUrl());
    assertThat(tables(database, service)).contains(service.table, "flyway_schema_history");

    service.migrate(database.jdbcUrl());
  }

  private static Set<String> tables(TestDatabase database, Migrated service) {
    return Set.copyOf(
        new JdbcTemplate(database.dataSource()).queryForList(TABLES, String.class, service.schema));
  }

  @ParameterizedTest
  @EnumSource
  void withoutItsDatabaseItFailsAndSaysWhy(Migrated service, CapturedOutput output) {
    refuses(service, new TestDatabase(1, "gone").jdbcUrl(), output, "refused");
  }

  @ParameterizedTest
  @EnumSource
  void connectsToNoDatabaseWhoseCertificateItDoesNotBelieve(
      Migrated service, CapturedOutput output, @TempDir Path directory) throws Exception {
    var authority = TestCertificates.authority(directory.resolve("authority"), "authority");
    var stranger = TestCertificates.authority(directory.resolve("stranger"), "authority");
    var believed = "sslrootcert=" + TestCertificates.certificateOf(authority);
    var full = "sslmode=verify-full";
    var right = TestCertificates.issued(directory.resolve("right"), authority, "IP:127.0.0.1");
    var elsewhere =
        TestCertificates.issued(directory.resolve("elsewhere"), authority, "DNS:db.example.org");
    try (var database = SecuredPostgres.start(directory, right)) {
      refuses(
          service,
          database.jdbcUrl(
              "127.0.0.1", full, "sslrootcert=" + TestCertificates.certificateOf(stranger)),
          output,
          "PKIX path");
      refuses(
          service,
          database.jdbcUrl("127.0.0.1", full, "sslrootcert=" + directory.resolve("none")),
          output,
          "SSL root certificate file");
      refuses(service, database.jdbcUrl("127.0.0.1", "sslmode=disable"), output, "no encryption");
      assertThat(schemas(database)).isEmpty();

      service.migrate(database.jdbcUrl("127.0.0.1", full, believed));
      assertThat(schemas(database)).contains(service.schema);

      database.show(elsewhere);
      refuses(
          service, database.jdbcUrl("127.0.0.1", full, believed), output, "could not be verified");
    }
    var plain = RealPostgres.freshDatabase(MigrationTest.class).jdbcUrl();
    refuses(service, plain + "?" + full + "&" + believed, output, "does not support SSL");
  }

  private static List<String> schemas(SecuredPostgres database) throws SQLException {
    return database.ask("SELECT nspname FROM pg_namespace WHERE nspname IN ('star', 'blackhole')");
  }

  private static void refuses(Migrated service, String url, CapturedOutput output, String reason) {
    var before = output.getAll().length();
    assertThatThrownBy(() -> service.migrate(url))
        .hasStackTraceContaining("Unable to obtain connection");
    assertThat(output.getAll().substring(before))
        .contains("No connection to the database: ")
        .contains(reason)
        .contains("Compare spring.datasource.url");
  }
}
