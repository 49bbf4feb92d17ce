package org.constellation.local.network;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.local.process.Directories;
import org.constellation.local.process.RunDirectory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that one local network keeps: the database, the broker's topics, what its services
 * write, run files and logs.
 *
 * @param root the directory, absolute
 */
public record DataDirectory(Path root) {

  // Says that a directory is ours, before anything in it is deleted.
  private static final String MARK = "constellation.json";
  private static final String LOCK = "lock";
  private static final String ENDPOINTS = "endpoints.json";
  private static final String TARGETS = "prometheus.json";
  private static final JsonMapper JSON = new JsonMapper();

  public DataDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /** Where PostgreSQL keeps its files. */
  public Path postgres() {
    return root.resolve("postgres");
  }

  /** The database's password, in the form of {@code .pgpass}. */
  public Path databasePassword() {
    return root.resolve("database.pgpass");
  }

  /** Where the broker keeps its topics; may be deleted while it is stopped. */
  public Path broker() {
    return root.resolve("broker");
  }

  /** What the network here began with; there once it was made, or joined. */
  public Path genesis() {
    return root.resolve("genesis.bin");
  }

  /** Whether this is only where users of a network that runs elsewhere have their keys. */
  public boolean isClient() {
    return Files.exists(genesis())
        && Files.exists(root.resolve(ENDPOINTS))
        && Files.notExists(root.resolve("members"));
  }

  /** The network's processes. */
  public RunDirectory processes() {
    return new RunDirectory(root);
  }

  /** The shape of the network that lives here, if there is one. */
  public Optional<Shape> shape() throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readString(root.resolve(MARK)), Shape.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(root.resolve(MARK) + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Makes the directory ready for a network of {@code shape}.
   *
   * @throws IOException if something else lives here, or a network with other committees
   */
  public void claim(Shape shape) throws IOException {
    Files.createDirectories(root);
    var settled = shape();
    if (settled.isEmpty() && !content().isEmpty()) {
      throw new IOException(root + " is not empty and holds no network: choose another --data");
    }
    if (settled.isPresent() && !sameCommittees(settled.get(), shape)) {
      throw new IOException(
          "the network in %s has %d facilitators and %d galaxy members: keep them%s"
              .formatted(
                  root,
                  settled.get().facilitators(),
                  settled.get().galaxies(),
                  settled.get().ofOrganisation().isEmpty() ? ", or use --fresh" : ""));
    }
    settle(shape);
  }

  /** Writes down what lives here, whatever was said before. */
  public void settle(Shape shape) throws IOException {
    Files.writeString(root.resolve(MARK), JSON.writeValueAsString(shape));
  }

  /**
   * Deletes the network that lives here. No process of it may run.
   *
   * @throws IOException if there are files here, but no network
   */
  public void clear() throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    var content = content();
    if (!content.isEmpty() && !Files.exists(root.resolve(MARK))) {
      throw new IOException(root + " holds no network: nothing was deleted");
    }
    for (var path : content) {
      Directories.delete(path);
    }
  }

  /**
   * Keeps every other {@code up} away from this directory until what is returned is closed, which
   * the end of the process does, whatever its end. It must stay reachable: a collected channel
   * releases its lock.
   *
   * @throws IOException if somebody else has it
   */
  public Closeable lock() throws IOException {
    Files.createDirectories(root);
    var channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException("a network is already up in " + root);
    }
    return channel;
  }

  /** The ports by name that the network was last started with. */
  public Map<String, Integer> endpoints() throws IOException {
    try {
      var content = Files.readString(root.resolve(ENDPOINTS));
      return JSON.readValue(content, new TypeReference<TreeMap<String, Integer>>() {});
    } catch (NoSuchFileException | JacksonException e) {
      return Map.of();
    }
  }

  void saveEndpoints(Map<String, Integer> endpoints) throws IOException {
    Files.writeString(root.resolve(ENDPOINTS), JSON.writeValueAsString(endpoints));
  }

  /** For a Prometheus that finds its targets in files. */
  void saveTargets(List<ScrapeTarget> targets) throws IOException {
    Files.writeString(root.resolve(TARGETS), JSON.writeValueAsString(targets));
  }

  private List<Path> content() throws IOException {
    try (var files = Files.list(root)) {
      return files.filter(path -> !path.endsWith(LOCK)).toList();
    }
  }

  private static boolean sameCommittees(Shape one, Shape other) {
    return one.facilitators() == other.facilitators()
        && one.galaxies() == other.galaxies()
        && one.ofOrganisation().equals(other.ofOrganisation());
  }
}
