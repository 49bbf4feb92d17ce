package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/**
 * PostgreSQL and Kafka in containers, each on a small disk of its own, from the images that {@code
 * docker-compose.yml} names or {@code POSTGRES_IMAGE} and {@code KAFKA_IMAGE} name instead. Each is
 * reached by its own address, so that one that was cut off is silent and refuses nothing.
 */
final class Containers implements AutoCloseable {

  /** Fails where there is no engine, instead of skipping. */
  static final String REQUIRED = "constellation.containers.required";

  private static final String PASSWORD = "a word for a trial";
  private static final String PASSWORD_FILE = "/run/database-password";
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  /** A network that nobody has, also if one of a test that was killed is still there. */
  private final String subnet = "172.30.%d.".formatted(ThreadLocalRandom.current().nextInt(1, 255));

  private final DockerClient docker = DockerClientFactory.instance().client();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Network network;
  private final Server postgres;
  private final Server kafka;

  private Containers(String postgresImage, String kafkaImage) {
    this.network =
        Network.builder()
            .createNetworkCmdModifier(
                command ->
                    command.withIpam(
                        new com.github.dockerjava.api.model.Network.Ipam()
                            .withConfig(
                                new com.github.dockerjava.api.model.Network.Ipam.Config()
                                    .withSubnet(subnet + "0/24"))))
            .build();
    opened.add(network);
    try {
      this.postgres = startPostgres(postgresImage);
      this.kafka = startKafka(kafkaImage);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts both; skips the test that asks where no engine answers, or no image is there. */
  static Containers start() {
    require(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
    var postgres = System.getenv().getOrDefault("POSTGRES_IMAGE", "postgres:18.6");
    var kafka = System.getenv().getOrDefault("KAFKA_IMAGE", "apache/kafka:4.2.1");
    for (var image : List.of(postgres, kafka)) {
      require(isThere(image), "there is no image " + image + "; docker/base-images makes some");
    }
    return new Containers(postgres, kafka);
  }

  private static void require(boolean holds, String otherwise) {
    if (Boolean.getBoolean(REQUIRED)) {
      assertThat(holds).as(otherwise).isTrue();
    }
    assumeTrue(holds, otherwise);
  }

  private static boolean isThere(String image) {
    try {
      var _ = DockerClientFactory.instance().client().inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  Server postgres() {
    return postgres;
  }

  Server kafka() {
    return kafka;
  }

  String brokerAddress() {
    return kafka.address() + ":9092";
  }

  String databaseUrl() {
    return "jdbc:postgresql://" + postgres.address() + ":5432/constellation";
  }

  String databasePassword() {
    return PASSWORD;
  }

  private Server startPostgres(String image) {
    var data = "/var/lib/postgresql";
    var disk = new Disk(image, data, "999", 320);
    var container =
        container(image, disk, data, subnet + "11")
            .withEnv("POSTGRES_DB", "constellation")
            .withEnv("POSTGRES_PASSWORD_FILE", PASSWORD_FILE)
            .withCopyToContainer(Transferable.of(PASSWORD, 0644), PASSWORD_FILE)
            .waitingFor(
                Wait.forSuccessfulCommand(
                        "pg_isready --host 127.0.0.1 --username postgres --dbname constellation")
                    .withStartupTimeout(START_PATIENCE));
    return started(container, disk, subnet + "11");
  }

  private Server startKafka(String image) {
    var data = "/var/lib/kafka/data";
    var disk = new Disk(image, data, "1000", 640);
    var container =
        container(image, disk, data, subnet + "12")
            .withEnv("CLUSTER_ID", "Q29uc3RlbGxhdGlvbi0wMQ")
            .withEnv("KAFKA_HEAP_OPTS", "-Xmx384m")
            .withEnv("KAFKA_NODE_ID", "1")
            .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
            .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@127.0.0.1:9093")
            .withEnv("KAFKA_LISTENERS", "CLIENTS://0.0.0.0:9092,CONTROLLER://127.0.0.1:9093")
            .withEnv("KAFKA_ADVERTISED_LISTENERS", "CLIENTS://" + subnet + "12:9092")
            .withEnv(
                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT")
            .withEnv("KAFKA_INTER_BROKER_LISTENER_NAME", "CLIENTS")
            .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
            .withEnv("KAFKA_LOG_DIRS", data)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_MESSAGE_MAX_BYTES", "10485760")
            .withEnv("KAFKA_REPLICA_FETCH_MAX_BYTES", "10485760")
            .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "3")
            .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
            .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
            .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
            .waitingFor(
                Wait.forSuccessfulCommand("/bin/bash -c 'exec 3<>/dev/tcp/127.0.0.1/9092'")
                    .withStartupTimeout(START_PATIENCE));
    return started(container, disk, subnet + "12");
  }

  private GenericContainer<?> container(String image, Disk disk, String data, String address) {
    GenericContainer<?> container = new GenericContainer<>(image);
    opened.add(container);
    return container
        .withImagePullPolicy(_ -> false)
        .withNetwork(network)
        .withCreateContainerCmdModifier(
            command -> {
              command.withIpv4Address(address);
              Objects.requireNonNull(command.getHostConfig())
                  .withBinds(new Bind(disk.name, new Volume(data)))
                  // As docker-compose.yml says.
                  .withRestartPolicy(RestartPolicy.unlessStoppedRestart());
            });
  }

  private Server started(GenericContainer<?> container, Disk disk, String address) {
    container.start();
    return new Server(container.getContainerId(), disk, address);
  }

  /** One of the two, and what may befall it. */
  final class Server {

    private final String id;
    private final Disk disk;
    private final String address;

    private Server(String id, Disk disk, String address) {
      this.id = id;
      this.disk = disk;
      this.address = address;
    }

    String address() {
      return address;
    }

    /** It stands still; what comes to it waits. */
    void pause() {
      docker.pauseContainerCmd(id).exec();
    }

    void unpause() {
      docker.unpauseContainerCmd(id).exec();
    }

    /** It runs, and nobody hears of it. */
    void cutOff() {
      docker.disconnectFromNetworkCmd().withContainerId(id).withNetworkId(network.getId()).exec();
    }

    void heal() {
      docker
          .connectToNetworkCmd()
          .withContainerId(id)
          .withNetworkId(network.getId())
          .withContainerNetwork(
              new ContainerNetwork()
                  .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address)))
          .exec();
    }

    /** Not one more byte fits on its disk. */
    void fillDisk() {
      disk.run(
          "for size in 64k 1k; do dd if=/dev/zero of=filler.$size bs=$size 2>/dev/null; done;"
              + " true");
    }

    void freeDisk() {
      disk.run("rm -f filler.*");
    }
  }

  /** A file system in memory, as large as said; it stays while its server is started again. */
  private final class Disk {

    private final String name = "constellation-" + UUID.randomUUID();
    private final GenericContainer<?> holder;

    private Disk(String image, String place, String user, int mebibytes) {
      docker
          .createVolumeCmd()
          .withName(name)
          .withDriver("local")
          .withDriverOpts(
              Map.of(
                  "type", "tmpfs",
                  "device", "tmpfs",
                  "o", "size=%dm,mode=0700,uid=%s,gid=%s".formatted(mebibytes, user, user)))
          .exec();
      opened.add(() -> docker.removeVolumeCmd(name).exec());
      this.holder =
          new GenericContainer<>(image)
              .withImagePullPolicy(_ -> false)
              .withNetwork(network)
              .withWorkingDirectory(place)
              .withCommand("infinity")
              .withCreateContainerCmdModifier(
                  command -> {
                    command.withEntrypoint("sleep").withUser(user);
                    Objects.requireNonNull(command.getHostConfig())
                        .withBinds(new Bind(name, new Volume(place)));
                  });
      opened.add(holder);
      holder.start();
    }

    private String run(String command) {
      try {
        var done = holder.execInContainer("/bin/sh", "-c", command);
        assertThat(done.getExitCode()).as(command + ": " + done.getStderr()).isZero();
        return done.getStdout();
      } catch (IOException e) {
        throw new AssertionError(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    Exception trouble = null;
    for (var one : opened.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        trouble = e;
      }
    }
    if (trouble != null) {
      throw new AssertionError("a container or what belongs to it is still there", trouble);
    }
  }
}
