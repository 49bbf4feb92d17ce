package org.constellation.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The watch over simulated networks is worth something: the watcher of the right invariant sees
 * each known mistake.
 */
@Execution(ExecutionMode.CONCURRENT)
class BrokenNetworkTest {

  private static final int SEEDS_MAX = Integer.getInteger("constellation.sim.broken.seeds", 1_000);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void fitsTheSources(BrokenNetwork broken) throws IOException {
    assertThat(broken.mistake().apply(directory)).isNotEmpty();
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void isCaught(BrokenNetwork broken) throws IOException, InterruptedException {
    var caught = broken.mistake().firstCaught(SEEDS_MAX, directory);
    assertThat(caught).as("%s in %s seeds", broken, SEEDS_MAX).isPresent();
    var options = caught.get().options();
    System.out.printf(
        "SIM %s caught by seed %d: %s%n", broken, options.seed(), caught.get().violation());
    assertThat(Run.of(options, null).violations()).as("the same network without it").isEmpty();
  }
}
