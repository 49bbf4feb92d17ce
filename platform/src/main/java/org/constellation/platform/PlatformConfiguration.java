package org.constellation.platform;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.ThreadLoops;
import org.constellation.platform.member.MemberProperties;
import org.constellation.platform.observe.SignatureChecks;
import org.constellation.platform.observe.ThreadTime;
import org.constellation.platform.observe.TrailConfiguration;
import org.constellation.platform.security.LoginConfiguration;
import org.constellation.platform.security.SecurityConfiguration;
import org.constellation.platform.topics.TopicKeeper;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.topics.TopicsHealth;
import org.constellation.platform.transport.BrokerWatch;
import org.constellation.platform.transport.Brokers;
import org.constellation.platform.transport.BrokersHealth;
import org.constellation.platform.transport.KafkaTransport;
import org.constellation.platform.transport.StreamEnvelopes;
import org.constellation.platform.transport.StreamTopics;
import org.constellation.platform.transport.StreamsFromOthers;
import org.constellation.platform.transport.Transport;
import org.constellation.platform.transport.TransportProperties;
import org.constellation.platform.web.WebConfiguration;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.wire.Decoded;
import org.constellation.protocol.wire.GenesisCodec;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What a service that takes part in a network imports: its genesis, topics and transport, the one
 * error format and the guards. A service without a network (the front door) imports {@link
 * WebConfiguration} and {@link SecurityConfiguration} alone.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  PlatformProperties.class,
  TransportProperties.class,
  MemberProperties.class,
  FollowerProperties.class
})
@Import({
  WebConfiguration.class,
  SecurityConfiguration.class,
  LoginConfiguration.class,
  TrailConfiguration.class
})
public class PlatformConfiguration {

  @Bean
  Genesis genesis(PlatformProperties properties) throws IOException {
    var bytes = Bytes.copyOf(Files.readAllBytes(properties.genesisFile()));
    return switch (GenesisCodec.decode(bytes)) {
      case Decoded.Valid<Genesis>(var genesis) -> genesis;
      case Decoded.Malformed<Genesis>(var reason, var detail) ->
          throw new IOException(
              "%s is no genesis file: %s, %s".formatted(properties.genesisFile(), reason, detail));
    };
  }

  @Bean
  Topics topics(Genesis genesis) {
    return new Topics(genesis.name());
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Loops loops(@Value("${spring.application.name:unnamed}") String service) {
    return new ThreadLoops(service);
  }

  @Bean
  SignatureChecks signatureChecks(MeterRegistry meters) {
    return new SignatureChecks(Ed25519.best(), meters, ThreadTime::spentNanos);
  }

  /** What it checks counts as the service's own. */
  @Bean
  SignatureScheme signatureScheme(
      @Value("${spring.application.name:unnamed}") String service, SignatureChecks checks) {
    return checks.of(service);
  }

  @Bean
  Brokers brokers(
      Genesis genesis,
      PlatformProperties platform,
      KafkaProperties kafka,
      TransportProperties properties) {
    return Brokers.of(
        genesis, platform.organisation(), kafka.buildAdminProperties(), properties.brokers());
  }

  @Bean
  BrokerWatch brokerWatch(Brokers brokers, MeterRegistry meters) {
    return new BrokerWatch(brokers, meters, System::nanoTime);
  }

  @Bean
  BrokersHealth brokersHealth(BrokerWatch watch) {
    return new BrokersHealth(watch);
  }

  @Bean(destroyMethod = "close")
  Transport transport(
      @Value("${spring.application.name:unnamed}") String service,
      Brokers brokers,
      BrokerWatch watch,
      TransportProperties properties,
      MeterRegistry meters,
      Clock clock) {
    return new KafkaTransport(service, brokers, watch, properties, meters, clock);
  }

  @Bean
  StreamEnvelopes streamEnvelopes(
      Genesis genesis, SignatureVerifier verifier, MeterRegistry meters) {
    return new StreamEnvelopes(genesis.network(), verifier, meters);
  }

  @Bean
  StreamTopics streamTopics(BindingServiceProperties bindings, Topics topics, Genesis genesis) {
    var verdicts = clusters(genesis).stream().map(topics::verdicts).toList();
    return new StreamTopics(
        bindings, Map.of("inbox", List.of(topics.inbox()), "verdicts", verdicts));
  }

  @Bean
  StreamsFromOthers streamsFromOthers(
      @Value("${spring.application.name:unnamed}") String service,
      Brokers brokers,
      BrokerWatch watch,
      TransportProperties properties,
      StreamTopics streams,
      ObjectProvider<Map<String, Consumer<byte[]>>> functions,
      MeterRegistry meters) {
    return new StreamsFromOthers(
        service,
        brokers,
        watch,
        properties,
        streams.functions(),
        functions.getIfAvailable(Map::of),
        meters);
  }

  /** On the home broker: whoever runs another one sees to its topics. */
  @Bean(initMethod = "start", destroyMethod = "close")
  TopicKeeper topicKeeper(
      @Value("${spring.application.name:unnamed}") String service,
      KafkaProperties kafka,
      Topics topics,
      Genesis genesis) {
    return new TopicKeeper(service, kafka.buildAdminProperties(), topics.all(clusters(genesis)));
  }

  @Bean
  TopicsHealth topicsHealth(TopicKeeper keeper) {
    return new TopicsHealth(keeper);
  }

  private static List<Integer> clusters(Genesis genesis) {
    return genesis.clusters().stream().map(plan -> plan.committee().cluster()).toList();
  }
}
