package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.simulation.broker.Published;
import org.constellation.simulation.byzantine.Falsehoods;

/** Hears the questions that members ask after a start, for those who answer them with lies. */
final class Questions {

  /** A question alone: shorter than nearly everything else. */
  private static final int BYTES_MAX = 32;

  private final World world;
  private final List<Consumer<Question>> listeners = new ArrayList<>();
  private boolean over;

  /**
   * What a member asks.
   *
   * @param said what the question came in
   * @param started names its start
   */
  record Question(Envelope said, long started) {}

  /** Begins to listen. */
  Questions(World world) {
    this.world = world;
    world.broker().observe(this::heard);
  }

  /** Has somebody told of every question, right after it was asked. */
  void hear(Consumer<Question> listener) {
    listeners.add(listener);
  }

  /** Nobody is told any more. */
  void leave() {
    over = true;
  }

  private void heard(Published record) {
    if (!over && record.topic().endsWith(".consensus.v1")) {
      record.envelope().filter(said -> said.messages().size() == 1).ifPresent(this::heard);
    }
  }

  private void heard(Envelope said) {
    var message = said.messages().getFirst();
    if (message.length() > BYTES_MAX) {
      return;
    }
    Falsehoods.question(message)
        .map(started -> new Question(said, started))
        .ifPresent(
            question ->
                listeners.forEach(listener -> world.time().in(1, () -> listener.accept(question))));
  }
}
