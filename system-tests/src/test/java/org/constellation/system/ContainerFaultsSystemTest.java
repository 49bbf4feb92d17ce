package org.constellation.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a database and a broker inside of a JVM cannot show: they stand still, are out of reach, or
 * their disks are full, while payments are made. Health says why; afterwards every payment that was
 * taken is final, and nothing was lost. Needs a Docker engine.
 */
@Tag("system")
class ContainerFaultsSystemTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** What star-service says of a database that stores nothing, and of a broker. */
  private static final Pattern DATABASE =
      Pattern.compile("\"reason\":\"[^\"]*nothing can be stored");

  private static final Pattern BROKER = Pattern.compile("\"reason\":\"[^\"]*broker");

  private static Containers containers;
  private static ContainedServices services;
  private static Api api;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    containers = Containers.start();
    services = new ContainedServices(directory.resolve("data"), containers);
    services.awaitWell();
    api = services.api();
  }

  @AfterAll
  static void stop() {
    if (api != null) {
      api.close();
    }
    if (services != null) {
      services.close();
    }
    if (containers != null) {
      containers.close();
    }
  }

  @Test
  void aDatabaseThatStandsStill() throws Exception {
    var database = containers.postgres();
    during(database::pause, database::unpause, DATABASE);
  }

  @Test
  void aDatabaseOutOfReach() throws Exception {
    var database = containers.postgres();
    during(database::cutOff, database::heal, DATABASE);
  }

  @Test
  void aDatabaseWhoseDiskIsFull() throws Exception {
    var database = containers.postgres();
    during(database::fillDisk, database::freeDisk, DATABASE);
  }

  @Test
  void aBrokerThatStandsStill() throws Exception {
    var broker = containers.kafka();
    during(broker::pause, broker::unpause, BROKER);
  }

  @Test
  void aBrokerOutOfReach() throws Exception {
    var broker = containers.kafka();
    during(broker::cutOff, broker::heal, BROKER);
  }

  @Test
  void aBrokerWhoseDiskIsFull() throws Exception {
    var broker = containers.kafka();
    during(broker::fillDisk, broker::freeDisk, BROKER);
  }

  private static void during(Runnable fault, Runnable repair, Pattern why) throws Exception {
    try (var payments = new SteadyPayments(api, services.data())) {
      payments.awaitMore(10);
      fault.run();
      try {
        await("health says: " + why)
            .atMost(PATIENCE)
            .ignoreException(AssertionError.class)
            .until(
                () -> {
                  var health = services.health("star-service");
                  return health.status() == 503 && why.matcher(health.text()).find();
                });
        System.out.println("meanwhile: " + services.health("star-service").text());
      } finally {
        repair.run();
      }
      payments.awaitMore(10);
      services.awaitWell();
      payments.requireEnds();
    }
    requireConservation();
  }

  private static void requireConservation() throws SQLException {
    try (var database =
        DriverManager.getConnection(
            containers.databaseUrl() + "?currentSchema=blackhole",
            "postgres",
            containers.databasePassword())) {
      Ledger.requireConservation(database);
    }
  }
}
