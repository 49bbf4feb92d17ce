package org.constellation.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.protocol.envelope.Committee;
import org.constellation.simulation.Fault;
import org.constellation.simulation.Fidelity;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.time.VirtualTime;
import org.junit.jupiter.api.Test;

/**
 * Seed 7910: a facilitator lost power within a batch and started on a full disk, so that it could
 * not cut the batch off its journal. It took itself for new and began after somebody else's
 * snapshot; by then there was space, and the journal knew rounds that it was to adopt.
 */
class FullDiskAtStartTest {

  private static final long CRASHES_AFTER = 25 * VirtualTime.SECOND;

  /** Power fails before this effect, which leaves the journal with an unfinished batch. */
  private static final int TEARING_EFFECT = 44;

  private static final long STARTS_AFTER = VirtualTime.SECOND / 5;
  private static final long FREE_AFTER = VirtualTime.SECOND / 2;
  private static final long RETURNS_WITHIN = 60 * VirtualTime.SECOND;

  @Test
  void aFacilitatorThatCouldNotReadItsJournalAtFirstSpeaksAgain() {
    var options =
        Options.draw(new Options.Wish(1, Scenario.CALM, Options.ROUNDS, Fidelity.FULL, 4));
    var world = World.of(options, null);
    var time = world.time();
    try (var network = new Network(world)) {
      network.start();
      runUntil(time, CRASHES_AFTER);
      var facilitators =
          network.members().stream()
              .filter(member -> member.seat().plan().committee().layer() == Committee.Layer.CLUSTER)
              .toList();
      var late = facilitators.getLast();
      var other = facilitators.getFirst();
      late.machine().crashWithin(TEARING_EFFECT, STARTS_AFTER, () -> {});
      while (late.machine().isUp()) {
        time.step(time.nowNanos() + VirtualTime.SECOND);
      }
      assertThat(world.tally().faults())
          .as("another effect tears it now")
          .containsKey(Fault.UNSYNCED_TORN);
      late.full(true);
      runUntil(time, time.nowNanos() + STARTS_AFTER + FREE_AFTER);
      var before = other.certified();
      late.full(false);

      runUntil(time, time.nowNanos() + RETURNS_WITHIN);
      assertThat(other.certified()).isGreaterThan(before);
      assertThat(late.stopped()).isEmpty();
      assertThat(late.certified()).as(late.state()).isGreaterThan(before);
      assertThat(world.violations().all()).isEmpty();
    }
  }

  private static void runUntil(VirtualTime time, long end) {
    while (time.step(end)) {
      // What happens is in the events.
    }
  }
}
