package org.constellation.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.constellation.platform.topics.TopicKeeper;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.KafkaTransport;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.envelope.Committee;
import org.constellation.testsupport.RealKafka;
import org.constellation.testsupport.StoppableKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A service of one organisation, in a network where another one has a broker of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrganisationsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Path genesisFile = Path.of("");
  private Genesis genesis;
  private StoppableKafka theirs;

  @BeforeAll
  void found(@TempDir Path temporary) throws Exception {
    theirs = new StoppableKafka();
    genesis =
        TestCommittees.of(Committee.GALAXY, 4, 3)
            .genesis(
                "organisations",
                List.of(
                    new Genesis.Broker("ours", RealKafka.bootstrapServers()),
                    new Genesis.Broker("theirs", theirs.bootstrapServers())));
    genesisFile = temporary.resolve("genesis");
    Files.write(genesisFile, genesis.bytes().toArray());
  }

  @AfterAll
  void end() throws Exception {
    theirs.close();
  }

  private ConfigurableApplicationContext start(String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--spring.application.name=test-service",
                "--spring.config.name=test-service",
                "--server.port=0",
                "--management.server.port=0",
                "--logging.structured.format.console=",
                "--constellation.genesis-file=" + genesisFile,
                "--spring.kafka.bootstrap-servers=" + RealKafka.bootstrapServers(),
                "--spring.cloud.stream.kafka.binder.brokers=" + RealKafka.bootstrapServers(),
                "--spring.cloud.function.definition=inbox"));
    arguments.addAll(List.of(more));
    return new SpringApplication(PlatformConfigurationTest.Service.class)
        .run(arguments.toArray(String[]::new));
  }

  @Test
  void aServiceStartsWithoutTheOthersAndReadsThemWhenTheyAreThere() throws Exception {
    try (var service = start("--constellation.organisation=ours")) {
      @SuppressWarnings("unchecked") // a bean of that service
      var heard = (List<String>) service.getBean("heard");
      assertThat(service.getBean(TopicKeeper.class).awaitComplete(PATIENCE)).isTrue();
      try (var publisher = service.getBean(Transport.class).publisher(sender(1))) {
        sendUntilHeard(publisher, heard, "from ours");
      }

      theirs.start();
      var client = TestNetwork.client(theirs.bootstrapServers());
      try (var keeper = TestNetwork.keeper(theirs.bootstrapServers(), topics());
          var there =
              new KafkaTransport(
                  "theirs",
                  client,
                  TestNetwork.transport(),
                  new SimpleMeterRegistry(),
                  Clock.systemUTC())) {
        keeper.start();
        assertThat(keeper.awaitComplete(PATIENCE)).isTrue();
        sendUntilHeard(there.publisher(sender(2)), heard, "from theirs");
      }
    }
  }

  private void sendUntilHeard(EnvelopePublisher publisher, List<String> heard, String text) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              publisher.publish(
                  topics().inbox(), Bytes.EMPTY, List.of(Bytes.copyOf(text.getBytes(UTF_8))));
              return heard.contains(text);
            });
  }

  private Topics topics() {
    return new Topics(genesis.name());
  }

  private Sender sender(long key) {
    return new Sender(
        genesis.network(), new Committee(Committee.Layer.STAR, 0), 0, TestNetwork.key(key));
  }

  @Test
  void aServiceThatIsNotToldWhoseItIsSaysWhatItMissesAndEnds() {
    assertThatThrownBy(this::start)
        .rootCause()
        .hasMessageStartingWith("constellation.organisation is not set")
        .hasMessageEndingWith("ours, theirs");
  }
}
