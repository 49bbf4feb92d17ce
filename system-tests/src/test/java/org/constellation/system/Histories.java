package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.GalaxyCodec;

/**
 * What everybody takes for the ledger, collected for as long as a network runs: the blackhole's
 * blocks and the checkpoints in them from PostgreSQL, each galaxy member's blocks from its own
 * disk, and each facilitator's newest checkpoint from its own API. Blocks and checkpoints name what
 * went before, so whoever agrees about one agrees about all that lead to it.
 */
final class Histories {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String BLACKHOLE = "blackhole-ledger";
  private static final String SUFFIX = ".block";

  private final Platform platform;
  private final List<String> galaxyMembers;
  private final List<String> facilitators;
  private final Map<Place, Map<String, TreeSet<String>>> told = new TreeMap<>();
  private final Map<String, Place> newest = new TreeMap<>();
  private long height;
  private String head = "";

  private record Place(String chain, long number) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      var byChain = chain.compareTo(other.chain);
      return byChain != 0 ? byChain : Long.compare(number, other.number);
    }
  }

  /**
   * @param galaxyMembers the correct ones
   * @param facilitators the correct ones
   */
  Histories(Platform platform, List<String> galaxyMembers, List<String> facilitators) {
    this.platform = platform;
    this.galaxyMembers = List.copyOf(galaxyMembers);
    this.facilitators = List.copyOf(facilitators);
  }

  /** Of a network with a process each whose members are all correct. */
  static Histories ofAll(Platform platform) throws IOException {
    var processes = platform.processes();
    return new Histories(
        platform,
        processes.stream().filter(name -> name.startsWith("galaxy-")).toList(),
        processes.stream().filter(name -> name.startsWith("facilitator-")).toList());
  }

  /** Asks everybody, waits for the blackhole to know as much, and fails if two histories differ. */
  void requireOne() throws IOException, SQLException {
    for (var name : galaxyMembers) {
      readBlocks(name);
    }
    for (var name : facilitators) {
      askCheckpoint(name);
    }
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              readBlackhole();
              return newest.values().stream().allMatch(this::isToldByBlackhole);
            });
    assertThat(newest).containsOnlyKeys(everybody());
    assertThat(told).allSatisfy((_, hashes) -> assertThat(hashes).hasSize(1));
  }

  private boolean isToldByBlackhole(Place place) {
    return told.getOrDefault(place, Map.of()).values().stream()
        .anyMatch(by -> by.contains(BLACKHOLE));
  }

  private List<String> everybody() {
    var all = new TreeSet<>(galaxyMembers);
    all.addAll(facilitators);
    return List.copyOf(all);
  }

  private void tell(String name, Place place, String hash) {
    told.computeIfAbsent(place, _ -> new TreeMap<>())
        .computeIfAbsent(hash, _ -> new TreeSet<>())
        .add(name);
    if (!name.equals(BLACKHOLE)) {
      newest.merge(name, place, (one, other) -> one.number() > other.number() ? one : other);
    }
  }

  /** The header's hash stands before each block. */
  private void readBlocks(String name) throws IOException {
    var directory = platform.data().resolve("members").resolve(name).resolve("blocks");
    try (var files = Files.list(directory)) {
      for (var file : files.filter(one -> one.toString().endsWith(SUFFIX)).sorted().toList()) {
        var content = read(file);
        // Old ones are deleted, and a new one may be half written.
        if (content.length > Hash.LENGTH) {
          var number = String.valueOf(file.getFileName()).replace(SUFFIX, "");
          var hash = Arrays.copyOf(content, Hash.LENGTH);
          tell(name, block(Long.parseLong(number)), HexFormat.of().formatHex(hash));
        }
      }
    }
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  private void askCheckpoint(String name) {
    try (var api = platform.apiOf(name)) {
      var checkpoint =
          await()
              .atMost(PATIENCE)
              // Whoever was just started does not listen yet.
              .ignoreException(AssertionError.class)
              .until(
                  () -> api.get("/api/clusters").expect(200).path(0).path("lastCheckpoint"),
                  last -> last.path("round").isNumber());
      tell(name, checkpoint(checkpoint.path("round").asLong()), checkpoint.path("hash").asString());
    }
  }

  private void readBlackhole() throws IOException, SQLException {
    try (var database = platform.database();
        var statement =
            database.prepareStatement(
                "select b.height, b.hash, b.previous, c.encoded"
                    + " from block b join block_content c on c.height = b.height"
                    + " where b.height > ? order by b.height")) {
      statement.setLong(1, height);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          assertThat(rows.getLong(1)).as("a block's height").isEqualTo(height + 1);
          var previous = HexFormat.of().formatHex(rows.getBytes(3));
          if (height > 0) {
            assertThat(previous).as("what block %s names", height + 1).isEqualTo(head);
          }
          height = rows.getLong(1);
          head = HexFormat.of().formatHex(rows.getBytes(2));
          tell(BLACKHOLE, block(height), head);
          tellCheckpoints(Bytes.copyOf(rows.getBytes(4)));
        }
      }
    }
  }

  private void tellCheckpoints(Bytes encoded) {
    var block = GalaxyCodec.decode(encoded).toOptional().orElseThrow();
    assertThat(block.header().hash().toHex()).isEqualTo(head);
    for (var checkpoint : block.content().checkpoints()) {
      var header = checkpoint.header();
      tell(BLACKHOLE, checkpoint(header.round()), header.hash().toHex());
    }
  }

  private static Place block(long number) {
    return new Place("block", number);
  }

  private static Place checkpoint(long round) {
    return new Place("checkpoint", round);
  }

  @Override
  public String toString() {
    return "one history of %d blocks, told by %s and %s".formatted(height, BLACKHOLE, newest);
  }
}
