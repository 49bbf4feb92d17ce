package org.constellation.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.platform.topics.Topics;
import org.constellation.protocol.envelope.Committee;
import org.constellation.simulation.Fidelity;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.Tally;
import org.constellation.simulation.broker.Broker;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.time.Trace;
import org.constellation.simulation.time.VirtualTime;
import org.constellation.simulation.watch.Guilty;
import org.constellation.simulation.watch.Violations;
import org.junit.jupiter.api.Test;

/**
 * Seed 7910: a facilitator that was away for long started on a full disk, and had space again a
 * moment later. It could not read its journal at first, took itself for new, and began after
 * somebody else's snapshot with a journal that it could read by then and that did not fit.
 */
class FullDiskAtStartTest {

  private static final long FULL_FROM = 5 * VirtualTime.SECOND;
  private static final long STARTS_AFTER = 20 * VirtualTime.SECOND;
  private static final long FREE_AFTER = VirtualTime.SECOND / 2;
  private static final long RETURNS_WITHIN = 60 * VirtualTime.SECOND;

  @Test
  void aFacilitatorThatCouldNotReadItsJournalAtFirstSpeaksAgain() {
    var options =
        Options.draw(new Options.Wish(1, Scenario.CALM, Options.ROUNDS, Fidelity.FULL, 4));
    var founding = Founding.of(options);
    var time = new VirtualTime();
    var trace = new Trace(time, null);
    var violations = new Violations(trace);
    var dice = new Dice(options.seed());
    var tally = new Tally();
    var world =
        new World(
            options,
            founding,
            new Topics(founding.genesis().name()),
            time,
            trace,
            tally,
            dice,
            new Broker(time, trace, tally, dice.of("broker")),
            new Guilty(),
            violations);
    try (var network = new Network(world)) {
      network.start();
      runUntil(time, FULL_FROM);
      var facilitators =
          network.members().stream()
              .filter(member -> member.seat().plan().committee().layer() == Committee.Layer.CLUSTER)
              .toList();
      var late = facilitators.getLast();
      var other = facilitators.getFirst();
      late.machine().crash(STARTS_AFTER);
      late.full(true);
      runUntil(time, FULL_FROM + STARTS_AFTER + FREE_AFTER);
      var before = other.certified();
      late.full(false);

      runUntil(time, FULL_FROM + STARTS_AFTER + RETURNS_WITHIN);
      assertThat(other.certified()).isGreaterThan(before);
      assertThat(late.stopped()).isEmpty();
      assertThat(late.certified()).as(late.state()).isGreaterThan(before);
      assertThat(violations.all()).isEmpty();
    }
  }

  private static void runUntil(VirtualTime time, long end) {
    while (time.step(end)) {
      // What happens is in the events.
    }
  }
}
