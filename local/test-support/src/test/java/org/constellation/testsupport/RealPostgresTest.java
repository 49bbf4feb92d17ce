package org.constellation.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class RealPostgresTest {

  @Test
  void syncsEveryCommitToDisk() throws SQLException {
    var database = RealPostgres.freshDatabase(RealPostgresTest.class);

    assertThat(setting(database, "fsync")).isEqualTo("on");
    assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
  }

  @Test
  void givesEveryCallerADatabaseOfItsOwn() throws SQLException {
    var mine = RealPostgres.freshDatabase(RealPostgresTest.class);
    var yours = RealPostgres.freshDatabase(RealPostgresTest.class);

    execute(mine, "CREATE TABLE star (id int)");
    execute(yours, "CREATE TABLE star (id int)");

    assertThat(mine.name()).isNotEqualTo(yours.name());
  }

  private static String setting(TestDatabase database, String name) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.prepareStatement("SELECT current_setting(?)")) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
      }
    }
  }

  private static void execute(TestDatabase database, String sql) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
