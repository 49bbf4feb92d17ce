package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.EvidenceCodec;
import org.constellation.protocol.wire.VoteCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * One facilitator and one galaxy member of a running network misbehave in ten ways in turn, with
 * their own keys and from their own journals. Payments go on, and both are convicted, nobody else.
 */
@Tag("system")
class ByzantineSystemTest {

  private static final String FACILITATOR = "facilitator-4";
  private static final String GALAXY_MEMBER = "galaxy-4";
  private static final List<String> CORRECT_FACILITATORS =
      List.of("facilitator-1", "facilitator-2", "facilitator-3");
  private static final List<String> CORRECT_GALAXY_MEMBERS =
      List.of("galaxy-1", "galaxy-2", "galaxy-3");

  /** What each of them must have done, by the names that they count it by. */
  private static final List<String> FAULTS =
      List.of(
          "DOUBLE_VOTE",
          "DOUBLE_PROPOSAL",
          "MALFORMED_SHARE",
          "ABSENT_BODY",
          "FALSE_TIME",
          "GARBAGE_CERTIFICATE",
          "NONSENSE_VOTE",
          "GARBAGE",
          "MEMBER_WITHHOLDS",
          "FLOOD");

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path directory;

  @Test
  void membersThatMisbehaveAreConvictedAndStopNothing() throws Exception {
    try (var platform = Platform.up(directory.resolve("data"), "--processes");
        var api = new Api(platform.address());
        var imports = new Imports(platform, directory)) {
      var histories = new Histories(platform, CORRECT_GALAXY_MEMBERS, CORRECT_FACILITATORS);
      var payments = Payments.of(platform, api);
      imports.awaitPayments();
      var culprits =
          Map.of(
              keyOf(platform, FACILITATOR, "/api/clusters", "facilitators"), FACILITATOR,
              keyOf(platform, GALAXY_MEMBER, "/api/galaxy", "hosted"), GALAXY_MEMBER);
      for (var name : culprits.values()) {
        platform.replace(name, misbehaving(platform, platform.commandOf(name)));
      }

      for (var name : culprits.values()) {
        awaitFaults(platform, name, imports);
      }
      await().atMost(PATIENCE).until(() -> evidence(api).keySet().containsAll(culprits.keySet()));
      imports.awaitPayments();
      payments.make(20);
      payments.awaitFinal();
      histories.requireOne();

      imports.finish();
      Ledger.requireBalances(platform, imports.expectedBalances());
      histories.requireOne();
      requireGuilt(evidence(api), culprits.keySet());
      for (var name : correctServers()) {
        platform.awaitWell(name);
      }
      System.out.println(histories);
    }
  }

  private static List<String> correctServers() {
    var all = new ArrayList<>(CORRECT_FACILITATORS);
    all.addAll(CORRECT_GALAXY_MEMBERS);
    all.addAll(List.of("star-service", "blackhole-ledger", "contract-gateway"));
    return all;
  }

  /** The same process with what makes it Byzantine behind its class path. */
  private static List<String> misbehaving(Platform platform, List<String> command)
      throws IOException {
    var built = platform.built("local/byzantine/target");
    var more =
        String.join(
            File.pathSeparator,
            built.resolve("local-byzantine.jar").toString(),
            Files.readString(built.resolve("runtime.classpath")).strip());
    var words = new ArrayList<>(command);
    var classPath = words.indexOf("-cp") + 1;
    words.set(classPath, words.get(classPath) + File.pathSeparator + more);
    words.add(classPath - 1, "-Dbyzantine.seed=7");
    return words;
  }

  /** The key under which a member sits, as its own process says. */
  private static String keyOf(Platform platform, String name, String path, String hosted) {
    try (var api = platform.apiOf(name)) {
      var answer = api.get(path).expect(200);
      var committee = answer.isArray() ? answer.path(0) : answer;
      var index = committee.path(hosted).path(0).path("index").asInt();
      return committee.path("members").path(index).path("key").asString();
    }
  }

  private static void awaitFaults(Platform platform, String name, Imports imports)
      throws IOException {
    for (var fault : FAULTS) {
      var label = "kind=\"" + fault + "\"";
      await()
          .alias(name + " " + fault)
          .atMost(PATIENCE)
          .ignoreException(AssertionError.class)
          .until(() -> platform.figure(name, "byzantine_faults", label), count -> count > 0);
      imports.awaitPayments();
    }
  }

  /** All evidence in the ledger, by culprit. */
  private static Map<String, List<JsonNode>> evidence(Api api) {
    var all = new TreeMap<String, List<JsonNode>>();
    for (var piece : api.get("/api/evidence?limit=500").expect(200).path("items")) {
      all.computeIfAbsent(piece.path("culprit").asString(), _ -> new ArrayList<>()).add(piece);
    }
    return all;
  }

  /** Convicted is who is guilty, once, by what anybody can check. */
  private static void requireGuilt(Map<String, List<JsonNode>> evidence, Set<String> expected) {
    assertThat(evidence).containsOnlyKeys(expected);
    assertThat(evidence)
        .allSatisfy(
            (culprit, pieces) -> {
              assertThat(pieces).hasSize(1);
              assertThat(pieces.getFirst().path("kind").asString()).isEqualTo("double-vote");
              var bytes = HexFormat.of().parseHex(pieces.getFirst().path("evidence").asString());
              var decoded = EvidenceCodec.decode(Bytes.copyOf(bytes)).toOptional().orElseThrow();
              requireDoubleVote((Evidence.DoubleVote) decoded, culprit);
            });
  }

  private static void requireDoubleVote(Evidence.DoubleVote votes, String culprit) {
    for (var vote : List.of(votes.first(), votes.second())) {
      assertThat(vote.header().sender().toHex()).isEqualTo(culprit);
      assertThat(EnvelopeCodec.isSigned(vote, Ed25519.best())).isTrue();
    }
    assertThat(VoteCodec.contradict(votes.first().message(), votes.second().message())).isTrue();
  }
}
