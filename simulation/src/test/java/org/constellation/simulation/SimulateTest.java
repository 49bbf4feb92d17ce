package org.constellation.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line takes, and that a run has the time for what it is asked for. */
class SimulateTest {

  private static final long SECOND = 1_000_000_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --rounds=-5      | --rounds is from 1 to 20000
          --rounds=0       | --rounds is from 1 to 20000
          --rounds=20001   | --rounds is from 1 to 20000
          --seeds=0        | --seeds is at least 1
          --seeds=-1       | --seeds is at least 1
          --seeds=many     | Invalid value for option '--seeds': 'many' is not a long
          --seeds          | Missing required parameter for option '--seeds'
          --members=3      | --members is from 4 to
          --scenario=weird | Invalid value for option '--scenario': 'weird' is none of calm, hostile,
          --fidelity=half  | Invalid value for option '--fidelity': 'half' is none of full, decided
          --trace=./no/t   | --trace is a file in a directory that is there, not ./no/t
          --trace=.        | --trace is a file in a directory that is there, not .
          --sneeds=3       | Unknown option: '--sneeds=3'
          """)
  void whatMakesNoSenseIsRefusedInASentence(String argument, String sentence) {
    assertThat(refusal(argument)).startsWith(sentence);
  }

  @Test
  void aTraceIsOfOneSeed() {
    assertThat(refusal("--seeds", "2", "--trace", "trace.txt"))
        .startsWith("--trace is of one seed, not of 2");
  }

  @Test
  void aTraceThatCannotBeWrittenIsRefusedBeforeTheRun() {
    var file = "x".repeat(300);
    assertThat(refusal("--trace", file)).startsWith("--trace cannot be written to " + file);
  }

  @Test
  void seedsDoNotWrapRound() {
    assertThat(refusal("--seed", "9223372036854775807", "--seeds", "2"))
        .startsWith("--seeds is at most 1 from seed 9223372036854775807 on");
    assertThat(refusal("--seed", "2", "--seeds", "9223372036854775807"))
        .startsWith("--seeds is at most 9223372036854775806 from seed 2 on");
  }

  private static String refusal(String... arguments) {
    var said = new StringWriter();
    var command = Simulate.command().setErr(new PrintWriter(said, true));
    assertThat(command.execute(arguments)).isEqualTo(2);
    return said.toString();
  }

  @Test
  void whatMakesSenseIsDone(@TempDir Path directory) {
    var trace = directory.resolve("trace.txt");
    var asked =
        List.of(
            "--seed=-3",
            "--seeds=1",
            "--rounds=2",
            "--scenario=calm",
            "--fidelity=decided",
            "--members=4",
            "--trace=" + trace);
    assertThat(Simulate.command().execute(asked.toArray(String[]::new))).isZero();
    assertThat(trace).isNotEmptyFile();
  }

  /** 1,400 rounds were as many as fitted into the time of a short run. */
  @Test
  void aLongRunHasTheTimeThatItTakes() {
    var result = Run.of(calm(1_600), null);
    assertThat(result.violations()).isEmpty();
    assertThat(result.roundsMin()).isGreaterThanOrEqualTo(1_600);
  }

  /** What the fidelity without agreement is for: committees for which the other takes minutes. */
  @Test
  void aLargeNetworkComesToAGoodEnd() {
    var wish = new Options.Wish(4, Scenario.CALM, 5, Fidelity.DECIDED, 31);
    var result = Run.of(Altered.transactions(Options.draw(wish), 40), null);
    assertThat(result.violations()).isEmpty();
    assertThat(result.roundsMin()).isGreaterThanOrEqualTo(5);
    assertThat(result.settled()).isPositive();
  }

  @Test
  void aRunThatDoesNotEndSaysWhatItWaitedFor() {
    var options = calm(1_000);
    var hasty = new Patience(SECOND, 3 * SECOND);
    var result = Run.of(options, hasty, null);
    assertThat(result.violations())
        .singleElement()
        .asString()
        .startsWith("EVENTUALLY: after 3 s of good times: ")
        .containsPattern("c0 is at round \\d+ of 1000")
        .containsPattern("galaxy is at round \\d+ of 1000");
  }

  private static Options calm(int rounds) {
    return Options.draw(new Options.Wish(1, Scenario.CALM, rounds, Fidelity.DECIDED, 4));
  }
}
