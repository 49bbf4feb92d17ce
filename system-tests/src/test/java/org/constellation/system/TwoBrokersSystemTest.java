package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two organisations, each with broker, database, members and star-service of its own: three of four
 * members of each committee are ours, one is umai's. One organisation does not hear the other for a
 * minute; payments go on or wait as the members left allow, and then all of them become final.
 */
@Tag("system")
class TwoBrokersSystemTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration CUT = Duration.ofMinutes(1);
  private static final String OURS = "ours";
  private static final String UMAI = "umai";
  private static final AtomicInteger CROSSING = new AtomicInteger();

  private static Wire wireToOurs;
  private static Wire wireToUmai;
  private static Side ours;
  private static Side umai;

  @BeforeAll
  static void up(@TempDir Path directory) throws IOException {
    var ourPort = freePort();
    var theirPort = freePort();
    var first = new Founding.Organisation(OURS, directory.resolve(OURS), address(ourPort), 3);
    var second = new Founding.Organisation(UMAI, directory.resolve(UMAI), address(theirPort), 1);
    Founding.found(directory.resolve("genesis.bin"), List.of(first, second));
    wireToOurs = new Wire(ourPort);
    wireToUmai = new Wire(theirPort);
    // The first one starts while the other's broker is not there yet.
    var one = Platform.upWith(first.data(), reading(UMAI, wireToUmai));
    var other = Platform.upWith(second.data(), reading(OURS, wireToOurs));
    try {
      ours = Side.ofTreasury(one);
      umai = Side.of(other, ours);
    } catch (AssertionError | RuntimeException e) {
      one.close();
      other.close();
      throw e;
    }
  }

  private static String reading(String other, Wire wire) {
    return "-Dconstellation.transport.brokers.%s.bootstrap.servers=%s"
        .formatted(other, wire.address());
  }

  private static String address(int port) {
    return "127.0.0.1:" + port;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  static void down() throws IOException {
    try (var _ = wireToOurs;
        var _ = wireToUmai;
        var _ = ours;
        var _ = umai) {
      assertThat(wireToOurs.carried()).as("bytes that umai read").isPositive();
      assertThat(wireToUmai.carried()).as("bytes that we read").isPositive();
    }
  }

  @AfterEach
  void oneLedgerAndNothingLost() throws Exception {
    wireToOurs.cut(false);
    wireToUmai.cut(false);
    ours.awaitFinal();
    umai.awaitFinal();
    var highest = Math.max(ours.height(), umai.height());
    for (var side : List.of(ours, umai)) {
      await().atMost(PATIENCE).until(() -> side.height() >= highest);
      Ledger.requireConservation(side.platform());
    }
    var others = umai.blocks();
    var common = ours.blocks();
    common.keySet().retainAll(others.keySet());
    others.keySet().retainAll(common.keySet());
    assertThat(common).as("blocks that both have").hasSizeGreaterThan((int) highest - 1);
    assertThat(common).as("blocks").isEqualTo(others);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ours.balances()).isEqualTo(umai.balances()));
    var balances = ours.balances();
    assertThat(Side.held(balances, ours.payee()) + Side.held(balances, umai.payee()))
        .as("what was paid")
        .isEqualTo(ours.made() + umai.made());
  }

  /** Payments to the other organisation, from each. */
  private static Map<Side, List<String>> payAcross(int count) {
    var fromOurs = new ArrayList<String>();
    var fromUmai = new ArrayList<String>();
    for (var number = 0; number < count; number++) {
      fromOurs.add(ours.pay(umai));
      fromUmai.add(umai.pay(ours));
      CROSSING.addAndGet(2);
    }
    return Map.of(ours, fromOurs, umai, fromUmai);
  }

  @Test
  void paymentsGoAcross() {
    payAcross(10);
    ours.awaitFinal();
    umai.awaitFinal();
    for (var side : List.of(ours, umai)) {
      assertThat(side.health()).doesNotContain("unreachable");
    }
  }

  @Test
  void weDoNotHearUmaiForAMinute() throws Exception {
    ours.begin();
    umai.begin();
    await().atMost(PATIENCE).until(() -> ours.finals() > 3 && umai.finals() > 3);

    wireToUmai.cut(true);
    var since = System.nanoTime();
    var before = ours.finals();
    var theirsBefore = umai.finals();
    var waiting = payAcross(10);
    await().atMost(PATIENCE).until(() -> ours.health().contains("broker of umai unreachable for"));
    await().atMost(PATIENCE).until(() -> System.nanoTime() - since > CUT.toNanos());
    var meanwhile = ours.finals() - before;
    // What umai's stars submit waits; that includes their word on what they are paid.
    waiting.forEach(
        (_, payments) ->
            assertThat(payments).noneMatch(id -> ours.isFinal(id) || umai.isFinal(id)));
    // One may have been under way.
    assertThat(umai.finals()).isLessThanOrEqualTo(theirsBefore + 1);
    assertThat(meanwhile).as("our payments while umai was not heard").isGreaterThan(5);

    wireToUmai.cut(false);
    await().atMost(PATIENCE).until(() -> umai.finals() > theirsBefore + 3);
    await().atMost(PATIENCE).until(() -> !ours.health().contains("unreachable"));
    tell("we did not hear umai", meanwhile, umai.finals() - theirsBefore);
  }

  @Test
  void umaiDoesNotHearUsForAMinute() throws Exception {
    ours.begin();
    umai.begin();
    await().atMost(PATIENCE).until(() -> ours.finals() > 3 && umai.finals() > 3);

    wireToOurs.cut(true);
    var since = System.nanoTime();
    var before = ours.finals();
    var theirsBefore = umai.finals();
    var waiting = payAcross(10);
    await().atMost(PATIENCE).until(() -> umai.health().contains("broker of ours unreachable for"));
    var height = umai.height();
    await().atMost(PATIENCE).until(() -> System.nanoTime() - since > CUT.toNanos());
    var meanwhile = ours.finals() - before;
    assertThat(umai.height()).as("umai's ledger").isEqualTo(height);
    waiting.forEach((_, payments) -> assertThat(payments).noneMatch(umai::isFinal));
    assertThat(umai.finals()).isLessThanOrEqualTo(theirsBefore + 1);
    assertThat(meanwhile).as("our payments while umai did not hear us").isGreaterThan(5);

    wireToOurs.cut(false);
    await().atMost(PATIENCE).until(() -> umai.finals() > theirsBefore + 3);
    await().atMost(PATIENCE).until(() -> !umai.health().contains("unreachable"));
    tell("umai did not hear us", meanwhile, umai.finals() - theirsBefore);
  }

  private static void tell(String what, int meanwhile, int after) throws InterruptedException {
    var ourGap = ours.longestGap();
    var theirGap = umai.longestGap();
    System.out.printf(
        "%s: %d of our payments final meanwhile, %d of theirs since; longest gap ours %.1f s,"
            + " theirs %.1f s; %d payments in all, %d across%n",
        what,
        meanwhile,
        after,
        ourGap.toMillis() / 1e3,
        theirGap.toMillis() / 1e3,
        ours.made() + umai.made(),
        CROSSING.get());
  }
}
