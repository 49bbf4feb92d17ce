package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.constellation.testsupport.RealPostgres;
import org.constellation.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The schema is made without the service, as a deployment's job does it. */
class MigrationTest {

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'star'";

  @Test
  void theWordMigrateMakesTheSchemaAndStartsNothingElse() {
    var database = RealPostgres.freshDatabase(MigrationTest.class);
    // Neither a genesis file nor a broker was named: the service itself would not start.
    StarServiceApplication.main(migrate(database));
    assertThat(tables(database)).contains("half_block", "flyway_schema_history");

    StarServiceApplication.main(migrate(database));
  }

  @Test
  void withoutItsDatabaseItFails() {
    var gone = new TestDatabase(1, "gone");
    assertThatThrownBy(() -> StarServiceApplication.main(migrate(gone)))
        .hasStackTraceContaining("Unable to obtain connection");
  }

  private static String[] migrate(TestDatabase database) {
    return new String[] {
      "migrate",
      "--spring.datasource.url=" + database.jdbcUrl(),
      "--spring.datasource.username=" + TestDatabase.USER
    };
  }

  private static Set<String> tables(TestDatabase database) {
    return Set.copyOf(new JdbcTemplate(database.dataSource()).queryForList(TABLES, String.class));
  }
}
