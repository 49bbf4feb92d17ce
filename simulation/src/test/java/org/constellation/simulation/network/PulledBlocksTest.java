package org.constellation.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.protocol.envelope.Committee;
import org.constellation.simulation.Fidelity;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.time.VirtualTime;
import org.junit.jupiter.api.Test;

/**
 * Seeds 128 and 211: all members lost power between certifying a block and handing it out. Whoever
 * lacked it pulled it, but the watch looked only at what is handed out, and saw nothing from there
 * on.
 */
class PulledBlocksTest {

  private static final long HIDDEN_FROM = 3 * VirtualTime.SECOND;
  private static final long AWAY = 10 * VirtualTime.SECOND;
  private static final long RETURNS_WITHIN = 60 * VirtualTime.SECOND;

  @Test
  void theWatchSeesBlocksThatAreOnlyPulled() {
    var options =
        Options.draw(new Options.Wish(1, Scenario.CALM, Options.ROUNDS, Fidelity.FULL, 4));
    var world = World.of(options, null);
    var time = world.time();
    var blocks = world.topics().blocks().name();
    var watch = world.watch();
    world
        .broker()
        .observe(
            record -> {
              if (time.nowNanos() < HIDDEN_FROM || !record.topic().equals(blocks)) {
                watch.published(record);
              }
            });
    try (var network = new Network(world)) {
      network.start();
      var late = network.stars().getFirst();
      runUntil(time, HIDDEN_FROM);
      var seen = watch.ledger().state().height();
      late.machine().crash(AWAY);
      runUntil(time, AWAY);
      var deleted =
          network.members().stream()
              .filter(member -> member.seat().plan().committee().equals(Committee.GALAXY))
              .mapToLong(MemberNode::certified)
              .max()
              .orElseThrow();
      assertThat(deleted).isGreaterThan(seen);
      assertThat(watch.ledger().state().height()).as("nobody has pulled").isEqualTo(seen);

      world.broker().delete(blocks);
      runUntil(time, AWAY + RETURNS_WITHIN);
      assertThat(late.height()).isGreaterThan(deleted);
      assertThat(watch.ledger().state().height()).isGreaterThanOrEqualTo(deleted);
      assertThat(world.violations().all()).isEmpty();
    }
  }

  private static void runUntil(VirtualTime time, long end) {
    while (time.step(end)) {
      // What happens is in the events.
    }
  }
}
