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
import org.constellation.simulation.watch.WireWatch;
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
    var founding = Founding.of(options);
    var time = new VirtualTime();
    var trace = new Trace(time, null);
    var guilty = new Guilty();
    var violations = new Violations(trace);
    var dice = new Dice(options.seed());
    var tally = new Tally();
    var topics = new Topics(founding.genesis().name());
    var broker = new Broker(time, trace, tally, dice.of("broker"));
    var world =
        new World(options, founding, topics, time, trace, tally, dice, broker, guilty, violations);
    var watch =
        new WireWatch(
            founding.genesis(), topics, founding.crypto().scheme(), guilty, violations, tally);
    broker.observe(
        record -> {
          if (time.nowNanos() < HIDDEN_FROM || !record.topic().equals(topics.blocks().name())) {
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

      broker.delete(topics.blocks().name());
      runUntil(time, AWAY + RETURNS_WITHIN);
      assertThat(late.height()).isGreaterThan(deleted);
      assertThat(watch.ledger().state().height()).isGreaterThanOrEqualTo(deleted);
      assertThat(violations.all()).isEmpty();
    }
  }

  private static void runUntil(VirtualTime time, long end) {
    while (time.step(end)) {
      // What happens is in the events.
    }
  }
}
