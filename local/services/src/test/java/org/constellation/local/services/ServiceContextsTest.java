package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.constellation.blackhole.BlackholeLedgerApplication;
import org.constellation.clusterconsensus.ClusterConsensusApplication;
import org.constellation.galaxyservice.GalaxyServiceApplication;
import org.constellation.star.StarServiceApplication;
import org.constellation.testsupport.RealKafka;
import org.constellation.testsupport.RealPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

/** All services in one JVM, each with its own name, port and settings. */
class ServiceContextsTest {

  /** Of those services that have a database. */
  private static final Map<String, String> SCHEMAS =
      Map.of(StarServiceApplication.NAME, "star", BlackholeLedgerApplication.NAME, "blackhole");

  @TempDir private Path directory;

  @BeforeAll
  static void prepare() {
    System.setProperty("spring.kafka.bootstrap-servers", RealKafka.bootstrapServers());
    RealPostgres.freshDatabase(ServiceContextsTest.class)
        .springProperties()
        .forEach(System::setProperty);
    LocalServices.initializeLogging();
  }

  @Test
  void everyContextHasItsOwnNameAndPortAndAnswersThere() throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "contexts");
        var running = network.start(ServiceContexts.services())) {
      var ports = new HashSet<String>();
      for (var name : ServiceContexts.services()) {
        var environment = running.context(name).getEnvironment();
        assertThat(environment.getProperty("spring.application.name")).isEqualTo(name);
        assertThat(environment.getProperty("spring.config.name")).isEqualTo(name);
        var port = environment.getProperty("local.server.port");
        assertThat(ports.add(String.valueOf(port))).as("port of %s", name).isTrue();
        var management = environment.getProperty("local.management.port");
        assertThat(ports.add(String.valueOf(management))).as("management of %s", name).isTrue();
        var readiness =
            RestClient.create("http://127.0.0.1:" + management)
                .get()
                .uri("/actuator/health/readiness")
                .retrieve()
                .toBodilessEntity();
        assertThat(readiness.getStatusCode().value()).as(name).isEqualTo(200);
      }
      for (var schema : SCHEMAS.entrySet()) {
        var database =
            JdbcClient.create(running.context(schema.getKey()).getBean(DataSource.class));
        assertThat(database.sql("select current_schema()").query(String.class).single())
            .as("schema of %s", schema.getKey())
            .isEqualTo(schema.getValue());
      }
      for (var name : List.of(ClusterConsensusApplication.NAME, GalaxyServiceApplication.NAME)) {
        assertThat(running.context(name).getBeanNamesForType(DataSource.class)).as(name).isEmpty();
      }
      assertThat(running.context("galaxy-service").getBeanDefinitionNames())
          .noneMatch(bean -> bean.toLowerCase(Locale.ROOT).contains("facilitator"));
      onlyTheOperatorAudits(network, running);
    }
  }

  private static void onlyTheOperatorAudits(TestNetwork network, RunningServices running)
      throws IOException {
    var environment = running.context(BlackholeLedgerApplication.NAME).getEnvironment();
    var client =
        RestClient.create("http://127.0.0.1:" + environment.getProperty("local.server.port"));
    var files = network.settings().files();
    var answers = new ArrayList<String>();
    for (var token : List.of(files.treasuryToken(), files.operatorToken())) {
      client
          .get()
          .uri("/api/ledger/audit")
          .header("Authorization", "Bearer " + Files.readString(token).strip())
          .exchange(
              (_, response) ->
                  answers.add(
                      response.getStatusCode().value()
                          + new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8)));
    }
    assertThat(answers.getFirst()).startsWith("403").contains("NOT_ALLOWED");
    assertThat(answers.getLast()).startsWith("200");
  }

  /** And who knows one, knows its hash alone. */
  @Test
  void whoHasNothingToAskForIsToldOfNoToken() throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "tokens")) {
      var names = new ArrayList<>(ServiceContexts.services());
      names.addAll(List.of("facilitator-1", "galaxy-1"));
      var told = new TreeMap<String, List<String>>();
      for (var name : names) {
        var settings =
            new ServiceContexts(network.settings().running(name)).contexts().getFirst().settings();
        assertThat(settings.values()).as(name).noneMatch(value -> value.endsWith(".token"));
        told.put(
            name,
            settings.values().stream()
                .filter(value -> value.contains("operator") || value.contains("treasury"))
                .map(value -> Path.of(value).getFileName().toString())
                .sorted()
                .toList());
      }
      var none = List.<String>of();
      assertThat(told)
          .isEqualTo(
              Map.of(
                  "star-service", List.of("operator.hash", "treasury.hash", "treasury.key"),
                  "blackhole-ledger", List.of("operator.hash"),
                  "cluster-consensus-service", none,
                  "galaxy-service", none,
                  "contract-gateway", none,
                  "facilitator-1", none,
                  "galaxy-1", none));
    }
  }

  @Test
  void refusesAServiceThatDoesNotExist() throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "unknown")) {
      var settings = network.settings().running("galaxy-0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ServiceContexts(settings).contexts());
    }
  }
}
