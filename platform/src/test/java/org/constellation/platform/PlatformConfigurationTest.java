package org.constellation.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.topics.TopicKeeper;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.SenderCheck;
import org.constellation.platform.transport.StreamEnvelopes;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.envelope.Committee;
import org.constellation.testsupport.RealKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** A service as services are made: the platform's configuration, a stream, actuator, one JVM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformConfigurationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TestCommittees GALAXY = TestCommittees.of(Committee.GALAXY, 4, 3);
  private static final Genesis GENESIS = GALAXY.genesis("platformtest");

  private static final JsonMapper JSON = new JsonMapper();

  private ConfigurableApplicationContext service;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(
      excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
  @Import(PlatformConfiguration.class)
  static class Service {

    @Bean
    List<String> heard() {
      return new CopyOnWriteArrayList<>();
    }

    @Bean
    Consumer<byte[]> inbox(StreamEnvelopes envelopes, List<String> heard) {
      return bytes ->
          envelopes
              .open(Purpose.INBOX, SenderCheck.anyone(), bytes)
              .ifPresent(
                  envelope ->
                      envelope
                          .messages()
                          .forEach(message -> heard.add(new String(message.toArray(), UTF_8))));
    }
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    var file = temporary.resolve("genesis");
    Files.write(file, GENESIS.bytes().toArray());
    service =
        new SpringApplication(Service.class)
            .run(
                "--spring.application.name=test-service",
                "--spring.config.name=test-service",
                "--server.port=0",
                "--management.server.port=0",
                "--logging.structured.format.console=",
                "--constellation.genesis-file=" + file,
                "--spring.kafka.bootstrap-servers=" + RealKafka.bootstrapServers(),
                "--spring.cloud.function.definition=inbox");
    assertThat(service.getBean(TopicKeeper.class).awaitComplete(PATIENCE)).isTrue();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void knowsItsNetworkFromTheGenesisFile() {
    assertThat(service.getBean(Genesis.class).network()).isEqualTo(GENESIS.network());
    assertThat(service.getBean(Topics.class).inbox().name())
        .isEqualTo("constellation.platformtest.star.inbox.v1");
  }

  @Test
  void readsTheNetworksInboxThroughSpringCloudStream() {
    var sender =
        new Sender(
            GENESIS.network(), new Committee(Committee.Layer.STAR, 0), 0, TestNetwork.key(9));
    var inbox = service.getBean(Topics.class).inbox();
    @SuppressWarnings("unchecked") // the bean above
    var heard = (List<String>) service.getBean("heard");
    try (var publisher = service.getBean(Transport.class).publisher(sender)) {
      // Reading begins at the end of the topic, at a moment that only the broker knows.
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                publisher.publish(
                    inbox, Bytes.EMPTY, List.of(Bytes.copyOf("an offer".getBytes(UTF_8))));
                return heard.contains("an offer");
              });
    }
    sendRaw(inbox.name(), new byte[] {1, 2, 3});
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                get("/actuator/prometheus")
                    .contains(
                        "constellation_envelopes_rejected_total{code=\"MALFORMED\","
                            + "purpose=\"inbox\"} 1.0"));
    assertThat(get("/actuator/prometheus"))
        .contains("constellation_envelopes_received_total{purpose=\"inbox\"}");
    assertEveryEnvelopeIsOneCheckOfTheService();
  }

  private void assertEveryEnvelopeIsOneCheckOfTheService() {
    var meters = service.getBean(MeterRegistry.class);
    var received = meters.get(Metrics.ENVELOPES_RECEIVED).tag(Metrics.PURPOSE, "inbox").counter();
    var checks = meters.get(Metrics.SIGNATURE_CHECKS).tag(Metrics.MEMBER, "test-service").timer();
    assertThat(checks.count()).isPositive().isEqualTo((long) received.count());
    // As whoever reads the figures finds them.
    assertThat(get("/actuator/prometheus"))
        .contains("constellation_signature_checks_seconds_count{member=\"test-service\"} ")
        .contains("constellation_signature_checks_seconds_sum{member=\"test-service\"} ");
  }

  private static void sendRaw(String topic, byte[] value) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, RealKafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var _ = producer.send(new ProducerRecord<>(topic, value));
    }
  }

  @Test
  void showsItsHealth() {
    assertThat(get("/actuator/health")).contains("\"status\":\"UP\"");
  }

  @Test
  void showsHealthAndMetricsOnAPortOfTheirOwnAndNothingElse() {
    assertThat(
            JSON.readTree(get("/actuator")).path("_links").propertyNames().stream()
                .filter(name -> !name.contains("-")))
        .containsExactlyInAnyOrder("self", "health", "prometheus");
    for (var other : List.of("env", "info", "metrics", "loggers", "heapdump", "configprops")) {
      assertThat(get("/actuator/" + other)).as(other).contains("404");
    }
    assertThat(get("local.server.port", "/actuator/health")).contains("UNKNOWN_ADDRESS");
  }

  private String get(String path) {
    return get("local.management.port", path);
  }

  private String get(String server, String path) {
    var port = service.getEnvironment().getRequiredProperty(server);
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
