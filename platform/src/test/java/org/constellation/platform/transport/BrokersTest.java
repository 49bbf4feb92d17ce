package org.constellation.platform.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.constellation.platform.TestCommittees;
import org.constellation.platform.TestNetwork;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.envelope.Committee;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BrokersTest {

  private static final TestCommittees GALAXY = TestCommittees.of(Committee.GALAXY, 4, 3);
  private static final Map<String, Object> HOME =
      Map.of("bootstrap.servers", "home:1", "sasl.jaas.config", "our password");
  private static final Genesis SHARED = GALAXY.genesis("brokers");
  private static final Genesis THREE =
      GALAXY.genesis(
          "brokers",
          List.of(
              new Genesis.Broker("ours", "ours:9092"),
              new Genesis.Broker("theirs", "theirs:9092"),
              new Genesis.Broker("umai", "umai:9092")));

  private static void refuses(
      String words,
      Genesis genesis,
      @Nullable String organisation,
      Map<String, Map<String, String>> theirs) {
    assertThatThrownBy(() -> Brokers.of(genesis, organisation, HOME, theirs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(words);
  }

  @Test
  void aGenesisWithoutBrokersHasOneThatIsShared() {
    assertThat(Brokers.of(SHARED, null, HOME, Map.of())).isEqualTo(Brokers.shared(HOME));
    assertThat(Brokers.of(SHARED, "ours", HOME, Map.of())).isEqualTo(Brokers.shared(HOME));
  }

  @Test
  void othersAreReadWhereTheGenesisSaysAndHearNothingOfOurPassword() {
    var brokers = Brokers.of(THREE, "ours", HOME, Map.of());

    assertThat(brokers.home()).isEqualTo(new Brokers.Broker("ours", HOME));
    assertThat(brokers.others())
        .containsExactly(
            new Brokers.Broker("theirs", Map.of("bootstrap.servers", "theirs:9092")),
            new Brokers.Broker("umai", Map.of("bootstrap.servers", "umai:9092")));
  }

  @Test
  void settingsReplaceWhatTheGenesisSays() {
    var theirs =
        Map.of("umai", Map.of("bootstrap.servers", "proxy:1", "security.protocol", "SASL_SSL"));

    assertThat(Brokers.of(THREE, "ours", HOME, theirs).others().getLast().settings())
        .isEqualTo(Map.of("bootstrap.servers", "proxy:1", "security.protocol", "SASL_SSL"));
  }

  @Test
  void refusesToGuessWhoseProcessItIs() {
    refuses(
        "constellation.organisation is not set, and must be one of those whose brokers the genesis"
            + " names: ours, theirs, umai",
        THREE,
        null,
        Map.of());
    refuses(
        "constellation.organisation is nobody, and must be one of those whose brokers the genesis"
            + " names: ours, theirs, umai",
        THREE,
        "nobody",
        Map.of());
  }

  @Test
  void refusesSettingsOfBrokersThatThereAreNot() {
    refuses(
        "constellation.transport.brokers names [umay], the genesis has brokers of"
            + " [ours, theirs, umai]",
        THREE,
        "ours",
        Map.of("umay", Map.of("bootstrap.servers", "umai:1")));
    refuses(
        "the home broker is spring.kafka's, not constellation.transport.brokers.ours",
        THREE,
        "ours",
        Map.of("ours", Map.of("bootstrap.servers", "ours:1")));
  }

  @Test
  void settingsHaveKafkasOwnNames() {
    var properties =
        TestNetwork.properties(
            TransportProperties.class,
            Map.of(
                "brokers.my-org.bootstrap.servers", "a:1",
                "brokers.my-org.sasl.jaas.config", "a password"));

    assertThat(properties.brokers())
        .isEqualTo(
            Map.of("my-org", Map.of("bootstrap.servers", "a:1", "sasl.jaas.config", "a password")));
    assertThat(TestNetwork.transport().brokers()).isEmpty();
  }

  @Test
  void allBrokersTogetherFetchNoMoreThanOneDoes() {
    var properties = TestNetwork.transport();
    var total = properties.fetchMax().toBytes();
    var brokers = Brokers.of(THREE, "ours", HOME, Map.of());
    var settings = new ClientSettings(brokers, properties);

    assertThat(settings.consumerSettings(brokers.home()))
        .containsEntry("fetch.max.bytes", (int) total / 3)
        .containsEntry("max.partition.fetch.bytes", (int) total / 3);
    var alone = Brokers.shared(HOME);
    assertThat(new ClientSettings(alone, properties).consumerSettings(alone.home()))
        .containsEntry("fetch.max.bytes", (int) total);
  }
}
