package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters, galaxy and stars together, in a bad world; a failing seed prints what it drew. */
class FullStackSimulationTest {

  private static final long ROUNDS = 20;
  private static final long TIME_MAX_MILLIS = 600_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void settlesEveryPaymentOfCorrectStars(long seed) {
    var drawn = new ArrayList<String>();
    var world = world(seed, drawn);
    var payments = run(world, seed, drawn);
    assertThat(world.isSettled()).as("EVENTUALLY: %s %s", drawn, world.report()).isTrue();
    assertThat(world.violations()).as("%s", drawn).isEmpty();
    assertThat(payments)
        .as("%s", drawn)
        .allSatisfy(payment -> assertThat(world.hasSettled(payment)).isTrue());
    assertThat(world.galaxy().certifiedEverywhere()).isGreaterThanOrEqualTo(ROUNDS);
  }

  @Test
  void replaysASeedExactly() {
    var traces = new ArrayList<Long>();
    for (var run = 0; run < 2; run++) {
      var world = world(5, new ArrayList<>());
      run(world, 5, new ArrayList<>());
      traces.add(world.time().trace());
    }
    assertThat(traces.get(0)).isEqualTo(traces.get(1));
  }

  private static VirtualWorld world(long seed, List<String> drawn) {
    var draw = new Random(seed);
    var weather = new Weather(2 + draw.nextInt(200), draw.nextInt(12), draw.nextInt(8));
    var clusters = 1 + draw.nextInt(2);
    drawn.add("seed " + seed + ", " + clusters + " clusters, " + weather);
    return new VirtualWorld(seed, weather, clusters, 4, draw.nextInt(4) == 0 ? 7 : 4, 5);
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
    world
        .time()
        .runUntil(
            () -> world.isSettled() && world.galaxy().certifiedEverywhere() >= ROUNDS,
            TIME_MAX_MILLIS);
    return payments;
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
      var member = committee.corrupt(index);
      switch (draw.nextInt(3)) {
        case 0 -> {
          drawn.add("m" + index + " falls silent");
          member.behave(Misbehaviour.silentAfter(time, draw.nextInt(5_000)));
        }
        case 1 -> {
          drawn.add("m" + index + " has a twin");
          committee.twin(index);
        }
        default -> {
          drawn.add("m" + index + " garbles");
          member.behave(Misbehaviour.garbling(new Random(draw.nextLong())));
        }
      }
    }
    var crashes = draw.nextInt(4);
    for (var i = 0; i < crashes; i++) {
      var at = draw.nextInt(10_000);
      var down = draw.nextInt(4_000);
      var beforeSync = draw.nextBoolean();
      var victims =
          draw.nextInt(3) == 0
              ? committee.correct()
              : List.of(committee.correct().get(draw.nextInt(committee.correct().size())));
      drawn.add(victims.size() + " crash at " + at + " for " + down);
      victims.forEach(victim -> time.in(at, () -> victim.crashAtNextStep(beforeSync, down)));
    }
  }
}
