package org.constellation.local.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.local.database.PasswordFile;
import org.constellation.local.database.PostgresServer;
import org.constellation.local.process.ChildCommand;

/**
 * How services are started: the contract between this artefact and {@code local/services}, whose
 * code it does not know.
 *
 * <p>Main class {@value #MAIN}, no arguments. It is told by system properties, which every Spring
 * context of the JVM sees:
 *
 * <ul>
 *   <li>{@code constellation.services}: what this JVM is to run. {@code all} is one context for
 *       each of star-service, cluster-consensus-service (all facilitators), galaxy-service (all
 *       members), blackhole-ledger and contract-gateway. One of these names, or {@code
 *       facilitator-N} or {@code galaxy-N} with N from 1, is that one alone. {@value #PROVISION}
 *       makes what the others need on a new data directory (genesis file, keys, schemas, topics)
 *       unless it is there, and ends with exit code 0; {@code all} does the same first.
 *   <li>{@code constellation.data}: the network's data directory, absolute. The services may write
 *       anything in it except in {@code postgres}, {@code broker}, {@code run} and {@code logs}.
 *   <li>{@code constellation.facilitators} and {@code constellation.galaxies}: how many members a
 *       new network has.
 *   <li>{@code constellation.ports.NAME}: the HTTP port on the loopback interface of every server
 *       in the network, this JVM's own and the others'. With one process per member {@code NAME}
 *       is, for instance, {@code galaxy-2}, and there is none for {@code cluster-consensus-service}
 *       and {@code galaxy-service}: every member answers for them.
 *   <li>{@code constellation.ports.NAME-management}: the port of the same server for health and
 *       metrics.
 *   <li>{@code spring.kafka.bootstrap-servers}, {@code spring.cloud.stream.kafka.binder.brokers},
 *       {@code spring.datasource.url} and {@code .username}, and {@value PasswordFile#PROPERTY},
 *       where the driver finds the password: broker and database. Both may still be starting, so
 *       {@code spring.flyway.connect-retries} is set.
 * </ul>
 *
 * <p>Where only an organisation's part of a network runs, {@code constellation.organisation} is its
 * name, and the broker is its own.
 *
 * <p>Work before that, which ends by itself: {@code constellation.services} is {@code member-init},
 * {@code genesis-assemble} or {@code member-join}, see {@link OrganisationProcess}.
 *
 * <p>A server is taken for started when {@code GET /actuator/health/readiness} answers 200 on the
 * management port, and is described to the user by {@code GET /actuator/health} there. SIGTERM
 * stops the JVM in order. Its output goes to {@code logs/NAME.log}.
 */
final class ServicesProcess {

  static final String MAIN = "org.constellation.local.services.LocalServices";

  /** The work of making a new network, to be done before its first member starts. */
  static final String PROVISION = "provision";

  /** The process that runs all services in the default mode. */
  static final String ALL = "all";

  // Heap for one JVM with all services, where ten followers of the ledger keep its state, and for
  // one service alone. Shares of the machine's memory: what is not used is not taken.
  private static final String HEAP_ALL = "-XX:MaxRAMPercentage=25";
  private static final String HEAP_ONE = "-XX:MaxRAMPercentage=5";

  /** More options for the services' JVMs, for measurements. */
  private static final String OPTIONS = "CONSTELLATION_JAVA_OPTS";

  private final Installation installation;
  private final DataDirectory data;
  private final Shape shape;
  private final Map<String, Integer> ports;

  ServicesProcess(
      Installation installation, DataDirectory data, Shape shape, Map<String, Integer> ports) {
    this.installation = installation;
    this.data = data;
    this.shape = shape;
    this.ports = new TreeMap<>(ports);
  }

  /**
   * The command that runs {@code services}.
   *
   * @param name the process's name
   * @param services the value of {@code constellation.services}
   */
  ChildCommand command(String name, String services) {
    var options = new ArrayList<String>();
    if (services.equals(ALL)) {
      // Collecting is a seventh of the work under load, so all processors take part in it.
      options.addAll(List.of(HEAP_ALL, "-XX:+UseParallelGC"));
    } else {
      options.addAll(List.of(HEAP_ONE, "-XX:+UseSerialGC"));
    }
    installation.learnt().ifPresent(cache -> options.add("-XX:AOTCache=" + cache));
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.add("-Duser.timezone=UTC");
    properties(services).forEach((key, value) -> options.add("-D" + key + "=" + value));
    var more = System.getenv().getOrDefault(OPTIONS, "").strip();
    if (!more.isEmpty()) {
      options.addAll(Arrays.asList(more.split("\\s+")));
    }
    return new ChildCommand(
        name, installation.jvm(installation.services(), options, MAIN, List.of()), Map.of());
  }

  private Map<String, String> properties(String services) {
    var properties = new TreeMap<String, String>();
    properties.put("constellation.services", services);
    properties.put("constellation.data", data.root().toString());
    properties.put("constellation.facilitators", Integer.toString(shape.facilitators()));
    properties.put("constellation.galaxies", Integer.toString(shape.galaxies()));
    if (!services.equals(PROVISION)) {
      addAddresses(properties);
    }
    return properties;
  }

  private void addAddresses(Map<String, String> properties) {
    var address = shape.ofOrganisation().map(BrokerAddress::of).orElse(BrokerAddress.LOCAL);
    var broker = address.host() + ":" + ports.get(LocalNetwork.BROKER);
    shape
        .ofOrganisation()
        .ifPresent(home -> properties.put("constellation.organisation", home.organisation()));
    for (var server : shape.servers()) {
      for (var name : List.of(server, Shape.management(server))) {
        properties.put("constellation.ports." + name, String.valueOf(ports.get(name)));
      }
    }
    properties.put("spring.kafka.bootstrap-servers", broker);
    properties.put("spring.cloud.stream.kafka.binder.brokers", broker);
    properties.put(
        "spring.datasource.url",
        "jdbc:postgresql://127.0.0.1:"
            + ports.get(LocalNetwork.DATABASE)
            + "/"
            + PostgresServer.DATABASE);
    properties.put("spring.datasource.username", PostgresServer.USER);
    properties.put(PasswordFile.PROPERTY, data.databasePassword().toString());
    properties.put("spring.flyway.connect-retries", "60");
    properties.put("spring.flyway.connect-retries-interval", "1s");
  }
}
