package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.constellation.blackhole.BlackholeLedgerApplication;
import org.constellation.clusterconsensus.ClusterConsensusApplication;
import org.constellation.galaxyservice.GalaxyServiceApplication;
import org.constellation.star.StarServiceApplication;
import org.constellation.testsupport.RealKafka;
import org.constellation.testsupport.SecuredPostgres;
import org.constellation.testsupport.TestCertificates;
import org.constellation.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** A network whose database is behind a certificate, which is replaced while it runs. */
class SecuredDatabaseTest {

  private static final String HOST = "127.0.0.1";
  private static final String SUBJECTS = "IP:127.0.0.1";
  private static final String OF_SERVICES =
      " application_name IN ('star-service', 'blackhole-ledger')";
  private static final String ENCRYPTED =
      "SELECT DISTINCT application_name FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)"
          + " WHERE ssl AND"
          + OF_SERVICES;
  private static final String END_CONNECTIONS =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE" + OF_SERVICES;
  private static final String HEIGHT = "SELECT max(height) FROM blackhole.block";

  @TempDir private Path directory;

  @BeforeAll
  static void prepare() {
    System.setProperty("spring.kafka.bootstrap-servers", RealKafka.bootstrapServers());
    LocalServices.initializeLogging();
  }

  @Test
  void servicesBelieveWhomTheyAreToldToAndTakeNewCertificatesWithoutARestart() throws Exception {
    var old = TestCertificates.authority(directory.resolve("old"), "old");
    var next = TestCertificates.authority(directory.resolve("next"), "next");
    var trusted = Files.copy(TestCertificates.certificateOf(old), directory.resolve("trusted.pem"));
    try (var database =
            SecuredPostgres.start(
                directory, TestCertificates.issued(directory.resolve("one"), old, SUBJECTS));
        var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "secured")) {
      SecuredPostgres.springProperties(
              database.jdbcUrl(HOST, "sslmode=verify-full", "sslrootcert=" + trusted))
          .forEach(System::setProperty);
      try (var running =
          network.start(
              List.of(
                  StarServiceApplication.NAME,
                  ClusterConsensusApplication.NAME,
                  GalaxyServiceApplication.NAME,
                  BlackholeLedgerApplication.NAME))) {
        var star = port(running, StarServiceApplication.NAME);
        until(() -> opensAStar(star) == 201);
        untilBlocksAreStored(database);
        assertThat(database.ask(ENCRYPTED))
            .containsExactlyInAnyOrder("star-service", "blackhole-ledger");
        refusesWhoDoesNotEncrypt(database);

        // A new certificate of the same authority: nobody has to be told.
        database.show(TestCertificates.issued(directory.resolve("two"), old, SUBJECTS));
        database.ask(END_CONNECTIONS);
        until(() -> opensAStar(star) == 201);
        untilBlocksAreStored(database);

        // Of an authority that nobody believes yet.
        database.show(TestCertificates.issued(directory.resolve("three"), next, SUBJECTS));
        database.ask(END_CONNECTIONS);
        until(() -> opensAStar(star) == 503);
        assertThat(List.of(opensAStar(star), opensAStar(star))).containsOnly(503);
        assertThat(database.ask(ENCRYPTED)).isEmpty();

        Files.copy(
            TestCertificates.certificateOf(next), trusted, StandardCopyOption.REPLACE_EXISTING);
        until(() -> opensAStar(star) == 201);
        untilBlocksAreStored(database);
      }
    }
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(TestNetwork.PATIENCE).until(condition);
  }

  private static void untilBlocksAreStored(SecuredPostgres database) throws SQLException {
    var before = height(database);
    until(() -> height(database) > before + 2);
  }

  private static long height(SecuredPostgres database) throws SQLException {
    return Long.parseLong(database.ask("SELECT coalesce((" + HEIGHT + "), 0)").getFirst());
  }

  private static void refusesWhoDoesNotEncrypt(SecuredPostgres database) {
    var url = database.jdbcUrl(HOST, "sslmode=disable");
    assertThatThrownBy(() -> DriverManager.getConnection(url, TestDatabase.USER, ""))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("no encryption");
  }

  private static String port(RunningServices running, String service) {
    return running.context(service).getEnvironment().getRequiredProperty("local.server.port");
  }

  /** The status of the answer; opening one is written to the database. */
  private static int opensAStar(String port) {
    return RestClient.builder()
        .requestFactory(new JdkClientHttpRequestFactory()) // another one asks again after a 503
        .baseUrl("http://127.0.0.1:" + port)
        .build()
        .post()
        .uri("/api/stars")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{}")
        .exchange((_, answer) -> answer.getStatusCode().value());
  }
}
