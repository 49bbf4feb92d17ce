package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs before an installation or an upgrade. */
class JobsTest {

  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `([^`]+)` \\|[^|]+\\|[^|]+\\| (\\d+) \\| (\\S+)( h| min|) \\| (\\S+)("
              + " MiB)?.*$");
  private static final Pattern WRITTEN = Pattern.compile("--topic (\\S+)");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^\\s*topic (constellation\\S+) (.*)$");

  @Test
  void itMakesTheTopicsThatServicesWouldMake() throws IOException {
    // The page is written from the code, and the build fails if it is not.
    var page = Files.readString(Chart.CHECKOUT.resolve("docs/reference/topics.md"));
    var expected = ROW.matcher(page).results().map(JobsTest::command).toList();
    assertThat(expected).hasSizeGreaterThan(10);

    assertThat(made(job("{clusters: [0], job: true}", "main"))).isEqualTo(expected);
  }

  @Test
  void itMakesThoseOfEveryCluster() {
    var topics = made(job("{clusters: [0, 3], job: true}", "main"));
    assertThat(topics).anyMatch(topic -> topic.startsWith("constellation.main.c3.gossip.v1 "));
    assertThat(topics).hasSize(17).doesNotHaveDuplicates();
  }

  /** Whoever may write is told by {@code kafka/acls.sh}, whose rights a broker then enforces. */
  @Test
  void somebodyMayWriteEveryTopicButThatOfTablesWhichNobodyComputesYet(@TempDir Path directory)
      throws Exception {
    var given = directory.resolve("given");
    var tool = directory.resolve("kafka-acls.sh");
    Files.writeString(tool, "#!/bin/sh\necho \"$@\" >>'" + given + "'\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    var script = Chart.CHECKOUT.resolve("kafka/acls.sh").toString();
    var process = new ProcessBuilder(script, "broker:9092", "admin.properties", "main", "2");
    process.environment().put("KAFKA_ACLS", tool.toString());
    assertThat(process.inheritIO().start().waitFor()).isZero();
    var written =
        Files.readAllLines(given).stream()
            .filter(right -> right.contains("--operation Write"))
            .flatMap(right -> WRITTEN.matcher(right).results())
            .map(topic -> topic.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    written.add("constellation.main.galaxy.tables.v1");
    assertThat(made(job("{clusters: [0, 1], job: true}", "main")))
        .extracting(topic -> topic.replaceFirst(" .*", ""))
        .containsExactlyInAnyOrderElementsOf(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"topics", "star-service-migration", "blackhole-ledger-migration"})
  void itRunsBeforeEverythingElse(String name) {
    var job =
        Chart.ofCheckout().renderSet("everything").one(Job.class, Chart.FULL_NAME + "-" + name);
    assertThat(job.getMetadata().getAnnotations())
        .containsEntry(Chart.HOOK, "pre-install,pre-upgrade");
    // The release's own account is not there yet.
    assertThat(job.getSpec().getTemplate().getSpec().getServiceAccountName()).isNull();
  }

  @Test
  void whoMigratesIsTheOwnerAndServicesDoNot() {
    var rendered = Chart.ofCheckout().renderSet("everything");
    for (var service : List.of("star-service", "blackhole-ledger")) {
      var migration = rendered.pods(service + "-migration").container();
      assertThat(migration.getImage()).isEqualTo(rendered.pods(service).container().getImage());
      assertThat(migration.getArgs()).containsExactly("migrate");
      assertThat(migration.getEnv())
          .filteredOn(variable -> variable.getValueFrom() != null)
          .extracting(variable -> variable.getValueFrom().getSecretKeyRef().getName())
          .containsOnly("database-owner");
      assertThat(rendered.pods(service).container().getEnv())
          .anyMatch(
              variable ->
                  variable.getName().equals("SPRING_FLYWAY_ENABLED")
                      && variable.getValue().equals("false"));
    }
  }

  /**
   * They run before an upgrade has brought anything, while nothing may go out that no policy names.
   */
  @ParameterizedTest
  @ValueSource(strings = {"topics", "migration"})
  void mayGoOutBeforeTheyAreTurnedOn(String component) {
    var policy =
        Chart.ofCheckout()
            .renderSet("external")
            .one(NetworkPolicy.class, Chart.FULL_NAME + "-" + component);
    assertThat(policy.getSpec().getPodSelector().getMatchLabels())
        .containsEntry("app.kubernetes.io/component", component);
    assertThat(policy.getSpec().getEgress()).isNotEmpty();
  }

  private static Job job(String topics, String network) {
    var values =
        """
        kafka: {bootstrapServers: "kafka.example.org:9092"}
        postgresql: {url: "jdbc:postgresql://database.example.org/constellation"}
        network: %s
        topics: %s
        """
            .formatted(network, topics);
    return Chart.ofCheckout().render(values).one(Job.class, Chart.FULL_NAME + "-topics");
  }

  private static List<String> made(Job job) {
    var script = job.getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs();
    return COMMAND
        .matcher(script.getFirst())
        .results()
        .map(match -> match.group(1) + " " + match.group(2))
        .toList();
  }

  /** The command for a row of the page: topic, key, messages, partitions, time, bytes. */
  private static String command(MatchResult row) {
    var millis =
        switch (row.group(4)) {
          case " h" -> Long.parseLong(row.group(3)) * 3_600_000;
          case " min" -> Long.parseLong(row.group(3)) * 60_000;
          default -> -1;
        };
    var bytes = row.group(6) == null ? -1 : Long.parseLong(row.group(5)) * 1_048_576;
    var settings = new ArrayList<String>();
    settings.add("cleanup.policy=delete");
    settings.add("retention.ms=" + millis);
    settings.add("retention.bytes=" + bytes);
    settings.add("segment.bytes=67108864");
    settings.add("max.message.bytes=2162688");
    settings.add("compression.type=uncompressed");
    return row.group(1) + " " + row.group(2) + " --config " + String.join(" --config ", settings);
  }
}
