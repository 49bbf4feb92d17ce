package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.constellation.deployment.Compose.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The broker of an organisation, which others reach. That it refuses what it should is shown by
 * {@code docker/try-organisations}.
 */
class OrganisationBrokerTest {

  private static final List<String> IDENTITIES =
      List.of("star-service", "cluster-consensus-service", "galaxy-service", "blackhole-ledger");

  private final Compose compose = Compose.read(Compose.ORGANISATION);
  private final Container broker = Objects.requireNonNull(compose.containers().get("kafka"));
  private final Map<String, String> told = broker.environment();

  /** A row of {@code NAME:value} or {@code NAME://value}. */
  private static Map<String, String> row(String text) {
    var row = new TreeMap<String, String>();
    for (var one : text.split(",\\s*", -1)) {
      row.put(one.replaceFirst(":.*", ""), one.replaceFirst("[^:]*:(//)?", ""));
    }
    return row;
  }

  private String told(String name) {
    return Objects.requireNonNull(told.get(name), name);
  }

  @Test
  void whoComesFromElsewhereShowsACertificateAndHasOnlyTheRightsThatAreGiven() {
    var protocols = row(told("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"));
    var places = row(told("KAFKA_LISTENERS"));
    assertThat(places).hasSameSizeAs(protocols).hasSize(4);
    places.forEach(
        (listener, place) ->
            assertThat(protocols)
                .containsEntry(listener, place.startsWith("127.0.0.1:") ? "PLAINTEXT" : "SSL"));
    assertThat(told)
        .containsEntry("KAFKA_SSL_CLIENT_AUTH", "required")
        // Who has a certificate is somebody.
        .containsEntry("KAFKA_SUPER_USERS", "User:ANONYMOUS")
        .containsEntry(
            "KAFKA_AUTHORIZER_CLASS_NAME",
            "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
        .doesNotContainKey("KAFKA_ALLOW_EVERYONE_IF_NO_ACL_FOUND");
  }

  /** What others' authorities sign is their business, and names nobody of ours. */
  @Test
  void nobodyElsesCertificateNamesAServiceOfOurs() {
    for (var identity : IDENTITIES) {
      assertThat(principal("CLIENTS", "CN=" + identity)).isEqualTo(identity);
      assertThat(principal("OTHERS", "CN=" + identity)).isEqualTo("others");
    }
    assertThat(IDENTITIES).doesNotContain("others");
    assertThat(told("KAFKA_LISTENER_NAME_CLIENTS_SSL_TRUSTSTORE_LOCATION")).endsWith("/ours.crt");
    assertThat(told("KAFKA_LISTENER_NAME_OTHERS_SSL_TRUSTSTORE_LOCATION")).endsWith("/others.crt");
  }

  private String principal(String listener, String subject) {
    // Compose writes $$ for $.
    var rule =
        told("KAFKA_LISTENER_NAME_" + listener + "_SSL_PRINCIPAL_MAPPING_RULES").replace("$$", "$");
    var parts = Pattern.compile("RULE:([^/]*)/([^/]*)/").matcher(rule);
    assertThat(parts.matches()).as(rule).isTrue();
    assertThat(subject).matches(parts.group(1));
    return subject.replaceAll(parts.group(1), parts.group(2));
  }

  @Test
  void rightsAreGivenByTheScriptBeforeAnybodyNeedsThem() throws IOException {
    var start = Files.readString(Chart.CHECKOUT.resolve("docker/broker"));
    assertThat(start).contains("/opt/constellation/acls.sh", " others ", "touch /tmp/rights-given");
    assertThat(broker.list("volumes")).contains("./kafka/acls.sh:/opt/constellation/acls.sh:ro");
    assertThat(broker.list("command")).contains("/opt/constellation/broker");
    assertThat(String.valueOf(broker.map("healthcheck").get("test"))).contains("/tmp/rights-given");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"star-service", "cluster-consensus-service", "galaxy-service", "blackhole-ledger"})
  void everyServiceHasAnIdentity(String service) throws IOException {
    assertThat(IDENTITIES).contains(service);
    assertThat(compose.services().filter(one -> one.service().equals(service)))
        .isNotEmpty()
        .allSatisfy(
            container ->
                assertThat(container.environment().get("SPRING_CONFIG_IMPORT"))
                    .contains("/broker.properties"));
    assertThat(Files.readString(Chart.CHECKOUT.resolve("docker/certificates"))).contains(service);
    assertThat(Files.readString(Chart.CHECKOUT.resolve("kafka/acls.sh")))
        .contains("writes " + service + " ");
  }
}
