package org.constellation.platform;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.CommonClientConfigs;
import org.constellation.platform.topics.TopicKeeper;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.KafkaTransport;
import org.constellation.platform.transport.TransportProperties;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SigningKey;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What tests of this module need again and again. */
public final class TestNetwork {

  private TestNetwork() {}

  /** Name and hash of a network of a test's own. */
  public static Hash hashOf(String name) {
    return Hashing.hash("CSTL-V1-TEST", name.getBytes(StandardCharsets.UTF_8));
  }

  /** A key that the seed decides. */
  public static SigningKey key(long seed) {
    return Ed25519.best().generate(new SplittableRandom(seed));
  }

  /** Settings of any Kafka client. */
  public static Map<String, Object> client(String bootstrapServers) {
    return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
  }

  /** Properties with their defaults, changed in places. */
  public static <T> T properties(Class<T> type, Map<String, String> changes) {
    return new Binder(new MapConfigurationPropertySource(changes)).bindOrCreate("", type);
  }

  /** The transport's defaults. */
  public static TransportProperties transport() {
    return properties(TransportProperties.class, Map.of());
  }

  /** A transport to one broker, without certificates. */
  public static KafkaTransport transport(String bootstrapServers, MeterRegistry meters) {
    return new KafkaTransport(
        "test", client(bootstrapServers), transport(), meters, Clock.systemUTC());
  }

  /** Keeps a network's topics. */
  public static TopicKeeper keeper(String bootstrapServers, Topics topics) {
    return new TopicKeeper("test", client(bootstrapServers), topics.all(List.of(0)));
  }
}
