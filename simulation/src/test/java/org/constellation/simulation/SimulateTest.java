package org.constellation.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
          --rounds   | -5      | --rounds is from 1 to 20000
          --rounds   | 0       | --rounds is from 1 to 20000
          --rounds   | 20001   | --rounds is from 1 to 20000
          --seeds    | 0       | --seeds is at least 1
          --seeds    | -1      | --seeds is at least 1
          --seeds    | many    | not a number
          --members  | 3       | --members is from 4 to
          --scenario | weird   | --scenario is one of
          --fidelity | half    | --fidelity is one of
          --trace    | ./no/t  | --trace is a file in a directory that is there, not ./no/t
          --trace    | .       | --trace is a file in a directory that is there, not .
          --sneeds   | 3       | no option --sneeds
          """)
  void whatMakesNoSenseIsRefusedInASentence(String name, String value, String sentence) {
    assertThat(Simulate.refusal(name, value))
        .hasValueSatisfying(refusal -> assertThat(refusal).startsWith(sentence));
  }

  @Test
  void whatMakesSenseIsNotRefused() {
    assertThat(
            Simulate.refusal(
                "--seed", "-3", "--rounds", "20000", "--seeds", "1", "--trace", "trace.txt"))
        .isEmpty();
  }

  /** 1,400 rounds were as many as fitted into the time of a short run. */
  @Test
  void aLongRunHasTheTimeThatItTakes() {
    var result = Run.of(calm(1_600), null);
    assertThat(result.violations()).isEmpty();
    assertThat(result.roundsMin()).isGreaterThanOrEqualTo(1_600);
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
