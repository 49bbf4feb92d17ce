package org.constellation.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Committee;
import org.constellation.simulation.Fidelity;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.broker.Published;
import org.constellation.simulation.time.VirtualTime;
import org.junit.jupiter.api.Test;

/**
 * A galaxy member that was away from the first blocks on begins after somebody else's snapshot. It
 * may sign the next block before it has a certificate of any: asked in that moment where the ledger
 * ends, it must not say that there is nothing.
 */
class EndAnswerTest {

  private static final long STARTED = 510 * VirtualTime.MILLISECOND;
  private static final long AWAY = 40 * VirtualTime.SECOND;
  private static final long ASKED_EVERY = 5 * VirtualTime.MILLISECOND;
  private static final long END = 80 * VirtualTime.SECOND;

  @Test
  void whoBeganAfterASnapshotSpeaksOfTheEndOnceItCanShowIt() {
    var options =
        Options.draw(new Options.Wish(1, Scenario.CALM, Options.ROUNDS, Fidelity.FULL, 4));
    var world = World.of(options, null);
    var time = world.time();
    try (var network = new Network(world)) {
      var galaxy =
          network.members().stream()
              .filter(member -> member.seat().plan().committee().equals(Committee.GALAXY))
              .toList();
      var late = galaxy.getLast();
      var asker =
          new Outside(
              world,
              "asker",
              world.founding().crypto().key("asker"),
              new Committee(Committee.Layer.BLACKHOLE, 0));
      var told = new ArrayList<Long>();
      world.broker().observe(record -> heard(record, late, told));
      network.start();
      runUntil(time, STARTED);
      assertThat(late.machine().crash(AWAY)).isTrue();
      runUntil(time, STARTED + AWAY);
      var meanwhile = galaxy.getFirst().height();

      for (var next = STARTED + AWAY; next < END; next += ASKED_EVERY) {
        runUntil(time, next);
        asker.send(
            world.topics().blackholeSync(),
            Bytes.copyOf(late.seat().key().publicKey().toBytes()),
            List.of(new LedgerMessage.EndQuestion().encode()));
      }
      assertThat(world.tally().transitions()).containsKey("start after another's snapshot");
      assertThat(told).as("speaks in the end").isNotEmpty();
      assertThat(meanwhile).isGreaterThan(4L * World.FOLLOWER.snapshotBlocks());
      assertThat(told)
          .as("of nothing older than the snapshot, with %s blocks at its return", meanwhile)
          .allMatch(height -> height > meanwhile / 2);
      assertThat(world.violations().all()).isEmpty();
    }
  }

  private static void runUntil(VirtualTime time, long end) {
    while (time.step(end)) {
      // What happens is in the events.
    }
  }

  private static void heard(Published record, MemberNode late, List<Long> told) {
    if (record.from().equals(late.machine().name())) {
      record.envelope().stream()
          .flatMap(said -> said.messages().stream())
          .flatMap(message -> LedgerMessage.decode(message).stream())
          .forEach(
              message -> {
                if (message instanceof LedgerMessage.EndAnswer(_, var end)) {
                  told.add(end.height());
                }
              });
    }
  }
}
