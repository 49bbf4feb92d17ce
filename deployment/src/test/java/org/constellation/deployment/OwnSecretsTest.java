package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * In a cluster each service may be somebody of its own for the broker, see files that no other
 * sees, and reach what no other reaches.
 */
class OwnSecretsTest {

  private static final String JAAS = "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG";
  private static final String ISSUER = "192.0.2.7/32";
  private static final String DNS = "kube-dns";

  private static final Rendered RENDERED =
      Chart.ofCheckout()
          .render(
              """
              kafka:
                bootstrapServers: "broker:9092"
                securityProtocol: SASL_SSL
                sasl: {mechanism: SCRAM-SHA-512, secret: kafka-all}
              postgresql: {url: "jdbc:postgresql://database/ledger"}
              mounts: [{secret: authorities, path: /run/authorities}]
              networkPolicies: {dns: [{podSelector: {matchLabels: {k8s-app: kube-dns}}}]}
              starService:
                kafkaSecret: kafka-star
                mounts: [{secret: star-certificate, path: /run/certificate}]
                egress: [{to: [{ipBlock: {cidr: 192.0.2.7/32}}]}]
              galaxyService: {kafkaSecret: kafka-galaxy}
              """);

  @Test
  void eachMayBeSomebodyOfItsOwnForTheBrokerAndTheFrontDoorIsNobody() {
    assertThat(identities("star-service")).containsExactly("kafka-star");
    assertThat(identities("galaxy-service")).containsExactly("kafka-galaxy");
    assertThat(identities("cluster-consensus-service")).containsExactly("kafka-all");
    assertThat(identities("blackhole-ledger")).containsExactly("kafka-all");
    assertThat(identities("contract-gateway")).isEmpty();
  }

  @Test
  void nobodySeesAnothersFiles() {
    for (var pods : RENDERED.pods()) {
      var seen =
          pods.template().getSpec().getVolumes().stream()
              .map(Volume::getSecret)
              .filter(secret -> secret != null)
              .map(secret -> secret.getSecretName())
              .toList();
      assertThat(seen).as(pods.name()).contains("authorities");
      assertThat(seen.contains("star-certificate"))
          .as(pods.name())
          .isEqualTo(pods.name().endsWith("-star-service"));
    }
    assertThat(RENDERED.pods("star-service").container().getVolumeMounts())
        .anyMatch(mount -> mount.getMountPath().equals("/run/certificate"));
  }

  @Test
  void nobodyReachesMoreThanItIsAllowed() {
    assertThat(policies(rule -> rule.toString().contains(ISSUER)))
        .containsExactly(Chart.FULL_NAME + "-star-service");
    var asking =
        RENDERED.one(NetworkPolicy.class, Chart.FULL_NAME).getSpec().getEgress().getFirst();
    assertThat(asking.getPorts()).hasSize(2);
    assertThat(asking.getTo().toString()).contains(DNS);
    // Without `to` a rule is for every address: broker and database are anywhere.
    assertThat(policies(rule -> rule.getTo().isEmpty()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    "star-service",
                    "cluster-consensus-service",
                    "galaxy-service",
                    "blackhole-ledger",
                    "topics",
                    "migration")
                .map(name -> Chart.FULL_NAME + "-" + name)
                .toList());
  }

  private static List<String> policies(Predicate<NetworkPolicyEgressRule> wanted) {
    return RENDERED.all(NetworkPolicy.class).stream()
        .filter(policy -> policy.getSpec().getEgress().stream().anyMatch(wanted))
        .map(policy -> policy.getMetadata().getName())
        .toList();
  }

  private static List<String> identities(String service) {
    return RENDERED.pods(service).container().getEnv().stream()
        .filter(variable -> variable.getName().equals(JAAS))
        .map(EnvVar::getValueFrom)
        .map(source -> source.getSecretKeyRef().getName())
        .toList();
  }
}
