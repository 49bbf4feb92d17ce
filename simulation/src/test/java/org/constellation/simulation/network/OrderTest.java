package org.constellation.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.simulation.Fault;
import org.constellation.simulation.Fidelity;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.broker.Weather;
import org.constellation.simulation.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** What counts as overtaking. */
class OrderTest {

  private static final int RECORDS = 20;
  private static final long MILLISECOND = VirtualTime.MILLISECOND;

  private final World world =
      World.of(
          Options.draw(new Options.Wish(1, Scenario.CALM, Options.ROUNDS, Fidelity.FULL, 4)), null);

  @Test
  void whatComesBeforeALaterRecordOfAnotherTopicOvertakesNothing() {
    read();
    world.broker().pause("one", 100 * MILLISECOND);
    publish("one");
    publish("other");
    runFor(200);
    assertThat(world.broker().deliveries()).isEqualTo(2);
    assertThat(world.tally().faults()).doesNotContainKey(Fault.REORDERED);
  }

  @Test
  void whatComesOnceMoreOvertakesNothing() {
    read();
    world.broker().weather(new Weather(1, 0, 0, 0, 1_000, 0));
    for (var record = 0; record < RECORDS; record++) {
      publish("one");
      runFor(5);
    }
    runFor(3_000);
    assertThat(world.broker().deliveries()).isEqualTo(2 * RECORDS);
    assertThat(world.tally().faults())
        .containsKey(Fault.REPEATED)
        .doesNotContainKey(Fault.REORDERED);
  }

  @Test
  void aRecordOvertakesAnEarlierOneOfItsTopic() {
    read();
    world.broker().weather(new Weather(1_000, 0, 0, 0, 0, 0));
    for (var record = 0; record < RECORDS; record++) {
      publish("one");
    }
    runFor(2_000);
    assertThat(world.broker().deliveries()).isEqualTo(RECORDS);
    assertThat(world.tally().faults()).containsKey(Fault.REORDERED);
  }

  private void read() {
    world
        .machine(
            "reader",
            life -> {
              var _ =
                  world
                      .broker()
                      .subscribe(life, List.of("one", "other"), false, (_, _) -> true, _ -> true);
            })
        .start();
  }

  private void publish(String topic) {
    var empty = Bytes.copyOf(new byte[0]);
    world.broker().publish("writer", topic, empty, empty);
  }

  private void runFor(long millis) {
    var time = world.time();
    var end = time.nowNanos() + millis * MILLISECOND;
    while (time.step(end)) {
      // What happens is in the events.
    }
  }
}
