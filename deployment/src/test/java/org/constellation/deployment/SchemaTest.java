package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot be meant are refused, and the message says which and why. */
class SchemaTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {typo: 1}                                              | 'typo' not allowed
          {galaxyService: {replicas: 4}}                         | galaxyService': additional properties 'replicas' not allowed
          {starService: {replicas: 2}}                           | starService': additional properties 'replicas' not allowed
          {image: {tag: latest}}                                 | image/tag
          {image: {pullPolicy: Sometimes}}                       | image/pullPolicy
          {kafkaImage: apache/kafka}                             | kafkaImage
          {kafkaImage: "apache/kafka:latest"}                    | kafkaImage
          {kafka: {bootstrapServers: "kafka.example.org"}}       | kafka/bootstrapServers
          {kafka: {securityProtocol: TLS}}                       | kafka/securityProtocol
          {kafka: {securityProtocol: SASL_SSL}}                  | kafka/sasl
          {kafka: {ports: []}}                                   | kafka/ports
          {postgresql: {url: "postgres://database/ledger"}}      | postgresql/url
          {postgresql: {port: 70000}}                            | postgresql/port
          {network: Main-Net}                                    | network
          {migration: {job: true}}                               | migration/ownerSecret
          {galaxyService: {members: []}}                         | galaxyService/members
          {galaxyService: {members: [a, a]}}                     | galaxyService/members
          {galaxyService: {keeperKey: abc}}                      | galaxyService/keeperKey
          {galaxyService: {committeeSize: 33}}                   | galaxyService/committeeSize
          {galaxyService: {storage: {size: much}}}               | galaxyService/storage/size
          {galaxyService: {resources: {cpu: 1}}}                 | galaxyService/resources/cpu
          {galaxyService: {env: [{name: lower}]}}                | galaxyService/env/0/name
          {contractGateway: {ingress: {enabled: true}}}          | contractGateway/ingress/host
          {tls: {secret: Our Certificate}}                       | tls/secret
          {contractGateway: {ingress: {annotations: {a: 1}}}}    | contractGateway/ingress/annotations
          {contractGateway: {service: {externalTrafficPolicy: A}}} | contractGateway/service/externalTrafficPolicy
          {starService: {openCustody: "yes"}}                    | starService/openCustody
          {mounts: [{secret: certificate}]}                      | mounts/0
          {starService: {mounts: [{path: /run}]}}                | starService/mounts/0
          {galaxyService: {kafkaSecret: Our Secret}}             | galaxyService/kafkaSecret
          {contractGateway: {kafkaSecret: a}}                    | contractGateway': additional properties 'kafkaSecret' not allowed
          {monitoring: {interval: 1m}}                           | monitoring/interval
          {monitoring: {interval: 31s}}                          | monitoring/interval
          """)
  void aWrongValueIsNamed(String values, String message) {
    assertThatThrownBy(() -> Chart.ofCheckout().render(values))
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {postgresql: {url: "jdbc:postgresql://a/b"}}                                | kafka.bootstrapServers is missing
          {kafka: {bootstrapServers: "a:1"}}                                          | postgresql.url is missing
          {tryout: {enabled: true}, galaxyService: {committeeSize: 3}}                | galaxy-service: 4 members, but committeeSize is 3
          {tryout: {enabled: true}, topics: {job: true}}                              | topics.job runs before the broker
          {tryout: {enabled: true}, migration: {job: true, ownerSecret: a}}           | migration.job runs before the database
          {tryout: {enabled: true}, contractGateway: {autoscaling: {maxReplicas: 1}}} | maxReplicas is less than minReplicas
          {tryout: {enabled: true}, contractGateway: {ingress: {enabled: true, host: a}}} | contractGateway.from must name the controller's pods
          {tryout: {enabled: true}, contractGateway: {ingress: {enabled: true, host: a}, from: [{podSelector: {}}], service: {type: NodePort, externalTrafficPolicy: Cluster}}} | from a node's address
          """)
  void valuesThatDoNotFitEachOtherAreRefused(String values, String message) {
    assertThatThrownBy(() -> Chart.ofCheckout().render(values)).hasMessageContaining(message);
  }

  @Test
  void theSchemaKnowsEveryValueAndNoOther() throws IOException {
    var directory = Chart.source().directory();
    var values = new YAMLMapper().readTree(directory.resolve("values.yaml").toFile());
    var schema = new ObjectMapper().readTree(directory.resolve("values.schema.json").toFile());
    var missing = new ArrayList<String>();
    compare("", values, schema, schema, missing);
    assertThat(missing).isEmpty();
  }

  /** Every object is closed, and says of each of its values what it may be. */
  private static void compare(
      String path, JsonNode values, JsonNode schema, JsonNode root, List<String> wrong) {
    var here = resolve(schema, root);
    for (var field : values.properties()) {
      var name = path + "/" + field.getKey();
      var property = here.path("properties").path(field.getKey());
      if (property.isMissingNode()) {
        wrong.add(name + " is not in the schema");
      } else if (field.getValue().isObject() && !field.getValue().isEmpty()) {
        var inner = resolve(property, root);
        if (!inner.path("additionalProperties").isBoolean()) {
          wrong.add(name + " takes anything");
        }
        compare(name, field.getValue(), property, root, wrong);
      }
    }
    for (var field : here.path("properties").properties()) {
      if (!values.has(field.getKey()) && !(path + field.getKey()).equals("global")) {
        wrong.add(path + "/" + field.getKey() + " has no default");
      }
    }
  }

  private static JsonNode resolve(JsonNode schema, JsonNode root) {
    var reference = schema.path("$ref").asText("");
    return reference.isEmpty() ? schema : root.at(reference.substring(1));
  }
}
