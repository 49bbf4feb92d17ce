package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Services with a schema do not read each other's. */
class DatabaseUsersTest {

  private static final Map<String, String> SCHEMAS =
      Map.of("star-service", "star", "blackhole-ledger", "blackhole");

  static List<Compose> composes() {
    return List.of(Compose.read(Compose.NETWORK), Compose.read(Compose.ORGANISATION));
  }

  @ParameterizedTest
  @MethodSource("composes")
  void inComposeEachConnectsAsItselfAndNobodyAsTheAdministrator(Compose compose)
      throws IOException {
    var making = Files.readString(Chart.CHECKOUT.resolve("docker/database"));
    var administrators = new HashSet<String>();
    for (var container : compose.containers().values()) {
      var name = container.name();
      var user = container.environment().get("SPRING_DATASOURCE_USERNAME");
      var schema = SCHEMAS.get(name);
      assertThat(user).as(name).isEqualTo(schema == null ? null : name);
      if (schema != null) {
        assertThat(making).containsPattern("(?m)^user " + name + " " + schema + "$");
        assertThat(container.map("depends_on").get("database"))
            .as(name)
            .isEqualTo(Map.of("condition", "service_completed_successfully"));
      }
      if (container.list("volumes").stream()
          .anyMatch(one -> one.startsWith("database-password:"))) {
        administrators.add(name);
      }
    }
    assertThat(administrators).containsExactlyInAnyOrder("postgres", "provision", "database");
  }

  @Test
  void inTheClusterEachMayHaveItsOwn() {
    var rendered =
        Chart.ofCheckout()
            .render(
                """
                tryout: {enabled: true}
                starService: {databaseSecret: star-database}
                """);
    assertThat(secrets(rendered, "star-service")).containsOnly("star-database");
    assertThat(secrets(rendered, "blackhole-ledger")).containsOnly("constellation-postgresql");
  }

  private static List<String> secrets(Rendered rendered, String service) {
    return rendered.pods(service).container().getEnv().stream()
        .filter(variable -> variable.getName().startsWith("SPRING_DATASOURCE_"))
        .map(EnvVar::getValueFrom)
        .filter(source -> source != null)
        .map(source -> source.getSecretKeyRef().getName())
        .toList();
  }
}
