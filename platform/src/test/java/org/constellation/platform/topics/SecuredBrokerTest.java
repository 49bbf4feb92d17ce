package org.constellation.platform.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.constellation.local.broker.KafkaBroker;
import org.constellation.local.process.Ports;
import org.constellation.testsupport.TestCertificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** Services' settings against a broker with a certificate and passwords. */
class SecuredBrokerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

  private static KafkaBroker broker;
  private static Path trusted;
  private static Path other;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    var keys = TestCertificates.keyStore(directory.resolve("broker"), "broker");
    var stranger = TestCertificates.keyStore(directory.resolve("stranger"), "broker");
    trusted = TestCertificates.trustStore(directory.resolve("trust"), List.of(keys));
    other = TestCertificates.trustStore(directory.resolve("other"), List.of(stranger));
    var ports = new Ports();
    var settings = new HashMap<String, String>();
    settings.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put(
        "listener.name.clients.plain.sasl.jaas.config",
        MODULE + " username=\"broker\" password=\"b\" user_broker=\"b\" user_star-service=\"s\";");
    settings.put("ssl.keystore.location", keys.toString());
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.password", TestCertificates.PASSWORD);
    settings.put("ssl.truststore.location", trusted.toString());
    settings.put("ssl.truststore.type", "PKCS12");
    settings.put("ssl.truststore.password", TestCertificates.PASSWORD);
    broker = KafkaBroker.start(directory.resolve("data"), ports.choose(), ports.choose(), settings);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static TopicKeeper keeper(String password, Path trust) {
    var settings =
        Map.of(
            "spring.kafka.bootstrap-servers",
            broker.bootstrapServers(),
            "spring.kafka.security.protocol",
            "SASL_SSL",
            "spring.kafka.properties.sasl.mechanism",
            "PLAIN",
            "spring.kafka.properties.sasl.jaas.config",
            MODULE + " username=\"star-service\" password=\"" + password + "\";",
            "spring.kafka.ssl.trust-store-location",
            "file:" + trust,
            "spring.kafka.ssl.trust-store-type",
            "PKCS12",
            "spring.kafka.ssl.trust-store-password",
            TestCertificates.PASSWORD);
    var kafka =
        new Binder(new MapConfigurationPropertySource(settings))
            .bind("spring.kafka", KafkaProperties.class)
            .get();
    var keeper =
        new TopicKeeper(
            "test", kafka.buildAdminProperties(), new Topics("secured").all(List.of(0)));
    keeper.start();
    return keeper;
  }

  @Test
  void isReachedByWhoKnowsItAndIsKnown() throws Exception {
    try (var keeper = keeper("s", trusted)) {
      assertThat(keeper.awaitComplete(PATIENCE)).isTrue();
    }
  }

  @Test
  void refusesAWrongPasswordAndIsNotBelievedWithoutItsCertificate() {
    try (var wrong = keeper("x", trusted);
        var suspicious = keeper("s", other)) {
      await()
          .atMost(PATIENCE)
          .until(() -> wrong.trouble().orElse("").contains("SaslAuthenticationException"));
      await()
          .atMost(PATIENCE)
          .until(() -> suspicious.trouble().orElse("").contains("SslAuthenticationException"));
    }
  }
}
