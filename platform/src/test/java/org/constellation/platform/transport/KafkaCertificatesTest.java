package org.constellation.platform.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.constellation.local.broker.KafkaBroker;
import org.constellation.local.process.Ports;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.topics.TopicKeeper;
import org.constellation.platform.topics.Topics;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.testsupport.TestCertificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * A broker that wants a certificate at one door and a password (SCRAM) at another, and services'
 * settings with files in PEM that are replaced while a service runs.
 */
class KafkaCertificatesTest {

  private static final String SUBJECTS = "IP:127.0.0.1";
  private static final String SCRAM_LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required";
  private static final Hash NETWORK = TestNetwork.hashOf("certificates");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static KafkaBroker broker;
  private static String mutual;
  private static String passwords;
  private static Path authority;
  private static Path stranger;
  private static Path ours;
  private static Path theirs;

  @TempDir private Path directory;

  private Path identity;
  private Path trusted;

  @BeforeAll
  static void start(@TempDir Path files) throws Exception {
    authority = TestCertificates.authority(files.resolve("authority"), "authority");
    stranger = TestCertificates.authority(files.resolve("stranger"), "stranger");
    ours = identity(files.resolve("ours"), authority);
    theirs = identity(files.resolve("theirs"), stranger);
    var ports = new Ports();
    var clients = ports.choose();
    var controller = ports.choose();
    mutual = "127.0.0.1:" + ports.choose();
    passwords = "127.0.0.1:" + ports.choose();
    var doors =
        "CLIENTS://127.0.0.1:%d,MUTUAL://%s,PASSWORDS://%s".formatted(clients, mutual, passwords);
    var settings = new HashMap<String, String>();
    settings.put("listeners", doors + ",CONTROLLER://127.0.0.1:" + controller);
    settings.put("advertised.listeners", doors);
    settings.put(
        "listener.security.protocol.map",
        "CLIENTS:PLAINTEXT,MUTUAL:SSL,PASSWORDS:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("ssl.keystore.type", "PEM");
    settings.put("ssl.keystore.location", identity(files.resolve("broker"), authority).toString());
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", TestCertificates.certificateOf(authority).toString());
    settings.put("listener.name.mutual.ssl.client.auth", "required");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put("listener.name.passwords.scram-sha-512.sasl.jaas.config", SCRAM_LOGIN + ";");
    broker = KafkaBroker.start(files.resolve("data"), clients, controller, settings);
    try (var admin = Admin.create(TestNetwork.client(broker.bootstrapServers()))) {
      var info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion("star-service", info, "secret")))
          .all()
          .get();
    }
    TestCertificates.certificateOf(stranger);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void lay() throws IOException {
    identity = Files.copy(ours, directory.resolve("identity.pem"));
    trusted = Files.copy(certificate(authority), directory.resolve("trusted.pem"));
  }

  /** Key and certificate in one file, as Kafka reads them. */
  private static Path identity(Path stem, Path signer) throws IOException {
    var issued = TestCertificates.issued(stem, signer, SUBJECTS);
    return Files.writeString(
        Path.of(stem + ".pem"),
        Files.readString(issued.key()) + Files.readString(issued.certificate()));
  }

  private static Path certificate(Path signer) {
    return Path.of(signer + ".pem");
  }

  private void replace(Path file, Path by) throws IOException {
    Files.move(
        Files.copy(by, directory.resolve("next"), StandardCopyOption.REPLACE_EXISTING),
        file,
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** What a service makes of its settings. */
  private Map<String, Object> client(String address, Map<String, String> more) throws IOException {
    var settings = new HashMap<String, Object>();
    PropertiesLoaderUtils.loadProperties(new ClassPathResource("constellation-defaults.properties"))
        .forEach((name, value) -> settings.put(String.valueOf(name), value));
    settings.put("spring.kafka.bootstrap-servers", address);
    settings.put("spring.kafka.ssl.trust-store-type", "PEM");
    settings.put("spring.kafka.ssl.trust-store-location", "file:" + trusted);
    settings.putAll(more);
    return new Binder(new MapConfigurationPropertySource(settings))
        .bind("spring.kafka", KafkaProperties.class)
        .get()
        .buildAdminProperties();
  }

  private Map<String, Object> withCertificate() throws IOException {
    return client(
        mutual,
        Map.of(
            "spring.kafka.security.protocol",
            "SSL",
            "spring.kafka.ssl.key-store-type",
            "PEM",
            "spring.kafka.ssl.key-store-location",
            "file:" + identity));
  }

  private Map<String, Object> withPassword(String password) throws IOException {
    return client(
        passwords,
        Map.of(
            "spring.kafka.security.protocol",
            "SASL_SSL",
            "spring.kafka.properties.sasl.mechanism",
            "SCRAM-SHA-512",
            "spring.kafka.properties.sasl.jaas.config",
            SCRAM_LOGIN + " username=\"star-service\" password=\"" + password + "\";"));
  }

  private static TopicKeeper keeper(Map<String, Object> settings, Topics topics) {
    var keeper = new TopicKeeper("test", settings, topics.all(List.of(0)));
    keeper.start();
    return keeper;
  }

  /** Everything that a service has open to a broker, and none of it is made anew. */
  private void isInOnceItsFilesAreRight(String network, Path file, Path wrong, Path right)
      throws Exception {
    replace(file, wrong);
    var topics = new Topics(network);
    var topic = topics.consensus(Committee.GALAXY);
    var inbox = new Inbox();
    try (var transport =
            new KafkaTransport(
                "test",
                withCertificate(),
                TestNetwork.transport(),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        var keeper = keeper(withCertificate(), topics)) {
      var publisher =
          transport.publisher(new Sender(NETWORK, Committee.GALAXY, 0, TestNetwork.key(1)));
      transport.subscribe(
          new Subscription(
              "reader",
              NETWORK,
              List.of(Feed.of(topic)),
              new Subscription.StartAt.Since(0),
              SenderCheck.anyone(),
              Ed25519.best()),
          inbox);
      publisher.publish(topic, Bytes.EMPTY, List.of(Bytes.copyOf("lost".getBytes(UTF_8))));
      await().atMost(PATIENCE).until(() -> keeper.trouble().orElse("").contains("the broker"));

      replace(file, right);
      assertThat(keeper.awaitComplete(PATIENCE)).isTrue();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                publisher.publish(
                    topic, Bytes.EMPTY, List.of(Bytes.copyOf("sound".getBytes(UTF_8))));
                return inbox.texts().contains("sound");
              });
    }
  }

  @Test
  void whoShowsAnothersCertificateIsInWhenItsOwnIsThere() throws Exception {
    isInOnceItsFilesAreRight("identity", identity, theirs, ours);
  }

  @Test
  void aBrokerOfAnUnknownAuthorityIsBelievedWhenThatIsTrusted() throws Exception {
    isInOnceItsFilesAreRight("trust", trusted, certificate(stranger), certificate(authority));
  }

  @Test
  void whatCannotBeReadReplacesNothing() throws Exception {
    var broken = Files.writeString(directory.resolve("broken"), "-----BEGIN CERT");
    try (var engines = new RenewedSslEngines()) {
      engines.configure(new AdminClientConfig(withCertificate()).values());
      var before = engines.truststore();
      replace(trusted, broken);
      assertThat(engines.createClientSslEngine("127.0.0.1", 1, "https")).isNotNull();
      assertThat(engines.truststore()).isSameAs(before);

      replace(trusted, certificate(stranger));
      assertThat(engines.createClientSslEngine("127.0.0.1", 1, "https")).isNotNull();
      assertThat(engines.truststore()).isNotSameAs(before);
    }
  }

  @Test
  void aPasswordIsDemandedAndMustBeRight() throws Exception {
    var topics = new Topics("scram");
    try (var wrong = keeper(withPassword("guessed"), topics)) {
      await()
          .atMost(PATIENCE)
          .until(() -> wrong.trouble().orElse("").contains("SaslAuthenticationException"));
    }
    try (var right = keeper(withPassword("secret"), topics)) {
      assertThat(right.awaitComplete(PATIENCE)).isTrue();
    }
  }
}
