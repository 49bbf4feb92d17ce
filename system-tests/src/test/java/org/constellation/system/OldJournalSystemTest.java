package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.envelope.Vote;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A member's journal comes back as it was some time ago, just when all others start again and have
 * nothing in memory of what they heard. It says nothing that it could contradict itself by, the
 * others go on without it, and with its newest journal it speaks again.
 */
@Tag("system")
class OldJournalSystemTest {

  private static final String FACILITATOR = "facilitator-2";
  private static final String GALAXY_MEMBER = "galaxy-2";

  /** Of four facilitators three decide: these, or two of them and {@value #FACILITATOR}. */
  private static final List<String> OTHERS = List.of("facilitator-1", "facilitator-3");

  private static final String AWAY = "facilitator-4";
  private static final String CLUSTER_VOTES = "constellation.local.c0.consensus.v1";
  private static final String GALAXY_VOTES = "constellation.local.galaxy.consensus.v1";

  private static final String JOURNAL_IS_OLD = "journal is older than";
  private static final String OLD = "old";
  private static final String NEWEST = "newest";

  private static final int SOME_ROUNDS = 5;
  private static final int UNDER_WAY = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static Path copies;
  private static Platform platform;
  private static Api api;
  private static Payments payments;
  private static Records records;
  private static Words cluster;
  private static Words galaxy;

  @BeforeAll
  static void up(@TempDir Path directory) throws IOException {
    copies = directory.resolve("copies");
    platform = Platform.up(directory.resolve("data"), "--processes");
    api = new Api(platform.address());
    payments = Payments.of(platform, api);
    records = new Records(platform.brokerAddress());
    cluster = new Words(records, CLUSTER_VOTES);
    galaxy = new Words(records, GALAXY_VOTES);
  }

  @AfterAll
  static void down() {
    cluster.close();
    galaxy.close();
    records.close();
    api.close();
    platform.close();
  }

  @Test
  void whoForgotManyRoundsIsSilentThoughAllStartedAgain() throws Exception {
    var forgetful = List.of(FACILITATOR, GALAXY_MEMBER);
    platform.killNow(forgetful);
    keep(forgetful, OLD);
    platform.startAll(forgetful);
    for (var name : forgetful) {
      awaitRounds(name, SOME_ROUNDS);
    }
    payments.make(UNDER_WAY);
    var all = members();
    platform.killNow(all);
    keep(forgetful, NEWEST);
    putBack(forgetful, OLD);
    var saidByFacilitator = said(FACILITATOR);
    var saidByGalaxyMember = said(GALAXY_MEMBER);
    platform.startAll(all);

    for (var name : forgetful) {
      awaitSilence(name);
    }
    payments.make(UNDER_WAY);
    payments.awaitFinal();
    assertThat(said(FACILITATOR)).isEqualTo(saidByFacilitator);
    assertThat(said(GALAXY_MEMBER)).isEqualTo(saidByGalaxyMember);

    platform.killNow(forgetful);
    putBack(forgetful, NEWEST);
    platform.startAll(forgetful);
    requireAllGoOn(forgetful);
  }

  /**
   * What it says is heard in a round that does not end before all die, so no certificate shows it:
   * it hears nothing of that round itself, and without it there are too few.
   */
  @Test
  void whoForgotAWordInAnOpenRoundIsShownItByJournals() throws Exception {
    var forgetful = List.of(FACILITATOR);
    platform.killNow(forgetful);
    keep(forgetful, OLD);
    awaitRounds(OTHERS.getFirst(), SOME_ROUNDS);
    platform.killNow(List.of(AWAY));
    speakUnanswered();
    keep(forgetful, NEWEST);
    putBack(forgetful, OLD);
    var said = said(FACILITATOR);
    platform.startAll(List.of(FACILITATOR, OTHERS.getFirst(), OTHERS.getLast()));

    awaitSilence(FACILITATOR);
    platform.startAll(List.of(AWAY));
    payments.make(UNDER_WAY);
    payments.awaitFinal();
    assertThat(said(FACILITATOR)).isEqualTo(said);

    platform.killNow(forgetful);
    putBack(forgetful, NEWEST);
    platform.startAll(forgetful);
    requireAllGoOn(forgetful);
  }

  /** From another broker it hears of everything but votes, until all have died. */
  private static void speakUnanswered() throws Exception {
    var usual = platform.commandOf(FACILITATOR);
    var topics = records.topics();
    var allButVotes = topics.stream().filter(topic -> !topic.equals(CLUSTER_VOTES)).toList();
    try (var broker = new SecondBroker(platform);
        var second = new Records(broker.address())) {
      second.makeTopics(topics);
      try (var _ = new Bridge(records, second, allButVotes, topics)) {
        var key = keyOf(FACILITATOR);
        var before = cluster.newestRound(key);
        platform.restart(FACILITATOR, broker.instead(usual));
        await()
            .alias("a word that is heard")
            .atMost(PATIENCE)
            .until(() -> cluster.newestRound(key) > before && isNewestEchoed(key));
        for (var name : OTHERS) {
          assertThat(certified(name)).isLessThan(cluster.newestRound(key));
        }
        platform.killNow(List.of(FACILITATOR, OTHERS.getFirst(), OTHERS.getLast()));
      }
    }
    platform.changeCommand(FACILITATOR, usual);
  }

  private static boolean isNewestEchoed(String key) {
    return cluster.isEchoed(key, cluster.newestRound(key));
  }

  private static long certified(String name) {
    try (var facilitator = platform.apiOf(name)) {
      return facilitator
          .get("/api/clusters")
          .expect(200)
          .path(0)
          .path("facilitators")
          .path(0)
          .path("certified")
          .asLong();
    }
  }

  /** They speak again, all are well, there is one history, and nobody is blamed. */
  private static void requireAllGoOn(List<String> restored) throws Exception {
    for (var name : restored) {
      awaitRounds(name, SOME_ROUNDS);
    }
    platform.awaitAllWell();
    payments.make(UNDER_WAY);
    payments.awaitFinal();
    var histories = Histories.ofAll(platform);
    histories.requireOne();
    Ledger.requireConservation(platform);
    assertThat(api.get("/api/evidence").expect(200).path("items")).isEmpty();
    assertThat(cluster.contradictions()).isEmpty();
    assertThat(galaxy.contradictions()).isEmpty();
    System.out.println(histories);
  }

  /** Returns when a member says why it is silent. One that has contradicted itself never does. */
  private static void awaitSilence(String name) {
    try (var member = platform.managementOf(name)) {
      await()
          .alias("silence of " + name)
          .atMost(PATIENCE)
          .ignoreException(AssertionError.class)
          .until(
              () ->
                  !wordsOf(name).contradictions().isEmpty()
                      || member.get("/actuator/health").text().contains(JOURNAL_IS_OLD));
      assertThat(wordsOf(name).contradictions()).isEmpty();
      System.out.println(member.get("/actuator/health").text());
    }
  }

  /** Returns when a member has spoken in so many rounds more. */
  private static void awaitRounds(String name, int more) throws IOException {
    var key = keyOf(name);
    var before = wordsOf(name).newestRound(key);
    await()
        .alias("words of " + name)
        .atMost(PATIENCE)
        .until(() -> wordsOf(name).newestRound(key) >= before + more);
  }

  private static Map<Vote.Slot, Set<Bytes>> said(String name) throws IOException {
    return wordsOf(name).of(keyOf(name));
  }

  private static Words wordsOf(String name) {
    return name.startsWith("galaxy-") ? galaxy : cluster;
  }

  private static String keyOf(String name) throws IOException {
    var seed = Files.readAllBytes(directoryOf(name).resolve("operational.key"));
    return Ed25519.best().signingKey(seed).publicKey().toHex();
  }

  private static List<String> members() throws IOException {
    return platform.processes().stream()
        .filter(name -> name.startsWith("facilitator-") || name.startsWith("galaxy-"))
        .toList();
  }

  private static Path directoryOf(String name) {
    return platform.data().resolve("members").resolve(name);
  }

  private static void keep(List<String> names, String age) throws IOException {
    for (var name : names) {
      copy(directoryOf(name).resolve("journal"), copies.resolve(age).resolve(name));
    }
  }

  private static void putBack(List<String> names, String age) throws IOException {
    for (var name : names) {
      copy(copies.resolve(age).resolve(name), directoryOf(name).resolve("journal"));
    }
  }

  /** Afterwards {@code to} has what {@code from} has, and nothing else. */
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (var file : filesOf(to)) {
      Files.delete(file);
    }
    for (var file : filesOf(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
    assertThat(filesOf(to)).isNotEmpty();
  }

  private static List<Path> filesOf(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }
}
