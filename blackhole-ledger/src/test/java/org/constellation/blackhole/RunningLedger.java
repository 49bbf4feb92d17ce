package org.constellation.blackhole;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.constellation.blackhole.ledger.LedgerKeeper;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.platform.security.SecretFile;
import org.constellation.platform.topics.TopicKeeper;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.KafkaTransport;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Transport;
import org.constellation.platform.transport.TransportProperties;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.testsupport.RealKafka;
import org.constellation.testsupport.RealPostgres;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service with a broker and a database, and a galaxy that sends it blocks. */
final class RunningLedger implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SEED_BYTES = 32;

  private final TestGalaxy galaxy;
  private final Topics topics;
  private final Transport transport;
  private final EnvelopePublisher publisher;
  private final List<String> settings = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable ConfigurableApplicationContext context;

  RunningLedger(TestGalaxy galaxy, Path directory) throws IOException, InterruptedException {
    this.galaxy = galaxy;
    this.topics = new Topics(galaxy.genesis().name());
    Map<String, Object> broker =
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, RealKafka.bootstrapServers());
    try (var keeper = new TopicKeeper("test", broker, topics.all(List.of(0)))) {
      keeper.start();
      if (!keeper.awaitComplete(PATIENCE)) {
        throw new IllegalStateException("no topics");
      }
    }
    this.transport =
        new KafkaTransport(
            "test",
            broker,
            new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("", TransportProperties.class),
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    this.publisher =
        transport.publisher(
            new Sender(galaxy.genesis().network(), Committee.GALAXY, 0, galaxy.member(0)));
    Files.write(directory.resolve("genesis"), galaxy.genesis().bytes().toArray());
    SecretFile.create(directory.resolve("key"), new byte[SEED_BYTES]);
    settings.add("--server.port=0");
    settings.add("--management.server.port=0");
    settings.add("--server.address=127.0.0.1");
    settings.add("--constellation.genesis-file=" + directory.resolve("genesis"));
    settings.add("--constellation.blackhole.key-file=" + directory.resolve("key"));
    settings.add("--constellation.follower.quiet-patience=1s");
    settings.add("--spring.kafka.bootstrap-servers=" + RealKafka.bootstrapServers());
    RealPostgres.freshDatabase(RunningLedger.class)
        .springProperties()
        .forEach((name, value) -> settings.add("--" + name + "=" + value));
  }

  /** Starts the service. */
  RunningLedger start() {
    context = BlackholeLedgerApplication.application().run(settings.toArray(String[]::new));
    return this;
  }

  /** Ends the service, as far as one JVM can do that to a part of it. */
  void stop() {
    if (context != null) {
      context.close();
      context = null;
    }
  }

  private ConfigurableApplicationContext running() {
    if (context == null) {
      throw new IllegalStateException("not started");
    }
    return context;
  }

  long height() {
    return running().getBean(LedgerKeeper.class).height();
  }

  <T> T bean(Class<T> type) {
    return running().getBean(type);
  }

  Transport transport() {
    return transport;
  }

  Topics topics() {
    return topics;
  }

  /** Sends blocks, each in its chunks, in this order. */
  void send(long... heights) {
    for (var height : heights) {
      send(chunks(height));
    }
  }

  List<Bytes> chunks(long height) {
    return chunks(galaxy.block(height));
  }

  static List<Bytes> chunks(FollowedBlock block) {
    return BlockChunks.cut(block.height(), block.block().header().hash(), block.encoded()).stream()
        .map(BlockChunks::encode)
        .toList();
  }

  void send(List<Bytes> chunks) {
    publisher.publish(topics.blocks(), Bytes.EMPTY, chunks);
  }

  /** The chunks of a block, last one first. */
  void sendBackwards(long height) {
    var chunks = new ArrayList<>(chunks(height));
    Collections.reverse(chunks);
    chunks.forEach(chunk -> send(List.of(chunk)));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path), BodyHandlers.ofString());
  }

  Bytes bytes(String path) throws IOException, InterruptedException {
    return Bytes.copyOf(client.send(request(path), BodyHandlers.ofByteArray()).body());
  }

  private HttpRequest request(String path) {
    var server = path.startsWith("/actuator/") ? "management" : "server";
    var port = running().getEnvironment().getRequiredProperty("local." + server + ".port");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  @Override
  public void close() {
    stop();
    client.close();
    transport.close();
  }
}
