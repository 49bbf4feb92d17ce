package org.constellation.testsupport;

import java.util.Map;
import javax.sql.DataSource;

/**
 * One empty database of its own on the JVM's PostgreSQL server.
 *
 * @param port the server's port on the loopback interface
 * @param name the database's name, unique on the server
 */
public record TestDatabase(int port, String name) {

  /** The server's only user; it needs no password. */
  public static final String USER = "postgres";

  /** The address for JDBC, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  /** Connections without a pool. */
  public DataSource dataSource() {
    return RealPostgres.connectionsTo(this);
  }

  /** What a Spring Boot application needs to use this database, as {@code spring.datasource.*}. */
  public Map<String, String> springProperties() {
    return Map.of(
        "spring.datasource.url",
        jdbcUrl(),
        "spring.datasource.username",
        USER,
        "spring.datasource.password",
        "");
  }
}
