package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.constellation.consensus.layer.LayerScenario.Flaw;
import org.constellation.consensus.testkit.Trace;
import org.junit.jupiter.api.Test;

/** Whether the checks of the layer simulation notice known mistakes. */
class BrokenLayerTest {

  private static final long SEEDS = 40;

  @Test
  void anUnbrokenCopyIsNotCaught() {
    var copy = new Flaw(BrokenLayer.COPY.maker(), false);
    assertThat(LongStream.rangeClosed(1, 8).mapToObj(seed -> wrong(seed, copy)))
        .allMatch(String::isEmpty);
  }

  @Test
  void sendingBeforeItIsOnDiskIsCaught() {
    assertThat(caught("sends before it persists", new Flaw(LayerMachine::real, true)))
        .containsAnyOf("ONE VALUE", "journal is older");
  }

  @Test
  void votesThatAreNotOnDiskAreCaught() {
    assertThat(caught(BrokenLayer.KEEPS_NO_VOTES))
        .containsAnyOf("ONE VALUE", "TERMINATION", "journal is older");
  }

  @Test
  void proposalsThatAreNotOnDiskAreCaught() {
    assertThat(caught(BrokenLayer.KEEPS_NO_PROPOSAL)).containsAnyOf("ONE VALUE", "TERMINATION");
  }

  @Test
  void certificatesOfTooFewAreCaught() {
    assertThat(caught(BrokenLayer.CERTIFIES_WITH_F)).contains("by the signatures of");
  }

  @Test
  void signaturesThatNobodyCheckedAreCaught() {
    assertThat(caught(BrokenLayer.BELIEVES_SIGNATURES)).contains("by the signatures of");
  }

  @Test
  void neverResendingIsCaught() {
    assertThat(caught(BrokenLayer.NEVER_RESENDS)).contains("TERMINATION");
  }

  private static String caught(BrokenLayer broken) {
    return caught(broken.name(), new Flaw(broken.maker(), false));
  }

  /** What the first seed says that notices a mistake; nothing if none does. */
  private static String caught(String name, Flaw flaw) {
    for (var seed = 1L; seed <= SEEDS; seed++) {
      var wrong = wrong(seed, flaw);
      if (!wrong.isEmpty()) {
        System.out.printf("SIM layer: mistake %s first caught by seed %d%n", name, seed);
        return wrong;
      }
    }
    return "";
  }

  private static String wrong(long seed, Flaw flaw) {
    return new LayerScenario(seed, Trace.none(), flaw)
        .run().stream().collect(Collectors.joining(System.lineSeparator()));
  }
}
