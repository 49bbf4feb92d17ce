package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.testkit.Suite;
import org.constellation.consensus.testkit.Trace;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Hash;
import org.junit.jupiter.api.Test;

/**
 * Clusters, galaxy and stars together, in a bad world that a seed decides. One alone: {@code
 * -Dconstellation.sim.replay=full-stack:SEED}, see {@link Suite}.
 */
class FullStackSimulationTest {

  private static final long ROUNDS = 20;
  private static final long TIME_MAX_MILLIS = 600_000;
  private static final long LOOK_MILLIS = 20;
  private static final int SEEDS = 32;

  private static final Suite SUITE = new Suite("full-stack", FullStackSimulationTest::settle);

  @Test
  void everyPaymentOfCorrectStarsIsSettled() {
    var report = SUITE.run(1, SEEDS);
    if (report.isWhole()) {
      assertThat(report.isRealEnough()).isTrue();
      assertThat(report.roundsMin()).isGreaterThanOrEqualTo(ROUNDS);
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    assertThat(SUITE.trace(5)).hasSizeGreaterThan(1_000).isEqualTo(SUITE.trace(5));
  }

  private static Suite.Ran settle(long seed, Trace trace) {
    var drawn = new ArrayList<String>();
    var world = world(seed, trace, drawn);
    var payments = run(world, seed, drawn);
    drawn.forEach(line -> trace.add(0, "drawn", line));
    assertThat(world.violations()).as("%s", drawn).isEmpty();
    assertThat(world.isSettled()).as("EVENTUALLY: %s %s", drawn, world.report()).isTrue();
    assertThat(payments)
        .as("%s", drawn)
        .allSatisfy(payment -> assertThat(world.hasSettled(payment)).isTrue());
    assertThat(world.missing()).as("%s", drawn).isEmpty();
    return new Suite.Ran(
        world.galaxy().members().size(),
        world.galaxy().certifiedEverywhere(),
        Suite.isReal(seed),
        Crypto.of(seed).signatures());
  }

  private static VirtualWorld world(long seed, Trace trace, List<String> drawn) {
    var draw = new Random(seed);
    var weather = new Weather(2 + draw.nextInt(200), draw.nextInt(12), draw.nextInt(8));
    var clusters = 1 + draw.nextInt(2);
    var crypto = Crypto.of(seed);
    drawn.add("seed " + seed + ", " + clusters + " clusters, " + crypto + ", " + weather);
    var galaxySize = draw.nextInt(4) == 0 ? 7 : 4;
    return new VirtualWorld(seed, trace, crypto, weather, clusters, 4, galaxySize, 5);
  }

  private static List<Hash> run(VirtualWorld world, long seed, List<String> drawn) {
    var draw = new Random(seed * 17 + 3);
    world.start();
    world.clusters().forEach(cluster -> disturb(cluster, world.time(), draw, drawn));
    disturb(world.galaxy(), world.time(), draw, drawn);
    var payments = new ArrayList<Hash>();
    for (var wave = 0; wave < 6; wave++) {
      payments.addAll(FullStackTest.pay(world, 1 + draw.nextInt(3)));
      if (wave == 3) {
        fork(world, drawn);
      }
      world.time().runUntil(() -> false, draw.nextInt(2_000));
    }
    for (var looked = 0L; looked < TIME_MAX_MILLIS && !isOver(world); looked += LOOK_MILLIS) {
      world.time().runUntil(() -> false, LOOK_MILLIS);
    }
    return payments;
  }

  private static boolean isOver(VirtualWorld world) {
    return world.isBroken()
        || (world.isSettled() && world.galaxy().certifiedEverywhere() >= ROUNDS);
  }

  /** A star that nobody else deals with says two things at one sequence. */
  private static void fork(VirtualWorld world, List<String> drawn) {
    var careless = world.addCarelessStar();
    drawn.add("a star forks");
    var one = careless.write(new Body.Cancellation(Hash.ZERO));
    var other = careless.fork(new Body.Refusal(Hash.ZERO));
    world.gossip(one, careless.home());
    world.gossip(other, careless.home());
  }

  private static <B, R extends LayerRules<B>> void disturb(
      VirtualCommittee<B, R> committee, VirtualTime time, Random draw, List<String> drawn) {
    if (draw.nextInt(3) > 0) {
      var index = draw.nextInt(committee.members().size());
      var corruption = Corruption.OF_ANY_RULES.get(draw.nextInt(Corruption.OF_ANY_RULES.size()));
      drawn.add(committee.name() + " m" + index + " " + corruption);
      corruption.corrupt(committee, index, draw);
    }
    if (draw.nextInt(4) == 0) {
      drawn.add(committee.name() + ": the network knows the coins");
      committee.foresee(new MemberSet(draw.nextLong()), 2 * draw.nextInt(200));
    }
    var crashes = draw.nextInt(4);
    for (var i = 0; i < crashes; i++) {
      var at = draw.nextInt(20_000);
      var down = draw.nextInt(4_000);
      var point = CrashPoint.OF_CORRECT.get(draw.nextInt(CrashPoint.OF_CORRECT.size()));
      var victims =
          draw.nextInt(3) == 0
              ? committee.correct()
              : List.of(committee.correct().get(draw.nextInt(committee.correct().size())));
      drawn.add(
          committee.name()
              + ": "
              + victims.size()
              + " crash at "
              + at
              + ", "
              + point
              + ", "
              + down);
      victims.forEach(victim -> time.in(at, () -> victim.crashAtNextStep(point, down)));
    }
  }
}
