package org.constellation.simulation.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.state.LedgerState;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.network.Founding;
import org.constellation.simulation.time.Trace;
import org.constellation.simulation.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** Whoever has another state than the galaxy certified is seen, be it before or after that. */
class StateWatchTest {

  private static final Options OTHER = Options.draw(Options.Wish.of(2, Scenario.CALM));

  private final LedgerState state =
      LedgerState.genesis(Founding.of(Options.draw(Options.Wish.of(1, Scenario.CALM))).genesis());
  private final Violations violations = new Violations(new Trace(new VirtualTime(), null));
  private final StateWatch watch = new StateWatch(violations);

  @Test
  void theCertifiedStateIsWell() {
    watch.has("early", state);
    watch.certified(state.height(), state.root());
    watch.has("late", state);
    assertThat(violations.all()).isEmpty();
  }

  @Test
  void anotherStateIsSeenAtOnce() {
    watch.certified(state.height(), Hash.ZERO);
    watch.has("late", state);
    assertThat(violations.all()).hasSize(1).first().asString().startsWith("REPRODUCIBLE: late");
  }

  @Test
  void anotherStateOfAHeightThatNobodyHandedOutIsSeenWhenSomebodyDoes() {
    watch.has("early", state);
    assertThat(violations.all()).isEmpty();
    watch.certified(state.height(), Hash.ZERO);
    assertThat(violations.all()).hasSize(1).first().asString().startsWith("REPRODUCIBLE: early");
  }

  /** It starts again and gets it right; what it had is not forgotten for that. */
  @Test
  void anotherStateThatWasMendedBeforeAnybodyHandedItOutIsSeen() {
    watch.has("early", state);
    watch.has("early", LedgerState.genesis(Founding.of(OTHER).genesis()));
    watch.certified(state.height(), state.root());
    assertThat(violations.all()).hasSize(1).first().asString().startsWith("REPRODUCIBLE: early");
  }
}
