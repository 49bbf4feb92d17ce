package org.constellation.local.client.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CostTableTest {

  private static final int PAYMENTS = 100;

  @Test
  void splitsEveryKindOfProcessIntoChecksAndTheRest() {
    var times =
        Map.of(
            "launcher",
            millis(1),
            "broker",
            millis(20),
            "database",
            millis(40),
            "star-service",
            millis(30),
            "facilitator-1",
            millis(50),
            "facilitator-2",
            millis(30),
            "galaxy-1",
            millis(60),
            "galaxy-12",
            millis(40),
            ProcessorTime.LOADER,
            millis(35));
    var checks =
        Map.of(
            "star-service", checks(150, 6),
            "facilitator-1", checks(400, 16),
            "facilitator-2", checks(401, 16),
            "galaxy-1", checks(200, 8),
            "galaxy-12", checks(200, 8));

    assertThat(shown(times, checks))
        .isEqualTo(
            """
            processor time per final payment in us, and signatures checked for it
                                              all   checks the rest signatures
              (this load)                     350        0      350       0.00
              broker                          200        0      200       0.00
              database                        400        0      400       0.00
              facilitators                    800      320      480       8.01
              galaxy members                 1000      160      840       4.00
              launcher                         10        0       10       0.00
              star-service                    300       60      240       1.50
              all without this load          2710      540     2170      13.51
            signature checks: 40.0 us each, 20 % of it
            """);
  }

  @Test
  void splitsOnlyTheChecksWhereServicesShareAProcess() {
    var times = Map.of("launcher", millis(21), "database", millis(40), "services", millis(210));
    var checks =
        Map.of(
            "star-service", checks(150, 6),
            "cluster-consensus-service", checks(801, 32),
            "galaxy-service", checks(400, 16),
            "contract-gateway", SignatureChecks.NONE);

    assertThat(shown(times, checks))
        .isEqualTo(
            """
            processor time per final payment in us, and signatures checked for it
                                              all   checks the rest signatures
              database                        400        0      400       0.00
              launcher, broker                210        0      210       0.00
              services                       2100      540     1560      13.51
                contract-gateway                -        0        -       0.00
                facilitators                    -      320        -       8.01
                galaxy members                  -      160        -       4.00
                star-service                    -       60        -       1.50
              all without this load          2710      540     2170      13.51
            signature checks: 40.0 us each, 20 % of it
            """);
  }

  @Test
  void makesNothingUpForServersThatDoNotTell() {
    var times = Map.of("galaxy-1", millis(60), "galaxy-2", millis(40), "star-service", millis(30));
    var checks =
        Map.of(
            "galaxy-1", SignatureChecks.UNKNOWN,
            "galaxy-2", checks(200, 8),
            "star-service", checks(150, 6));

    assertThat(shown(times, checks))
        .isEqualTo(
            """
            processor time per final payment in us, and signatures checked for it
                                              all   checks the rest signatures
              galaxy members                 1000        -        -          -
              star-service                    300       60      240       1.50
              all without this load          1300        -        -          -
            signature checks: not told by galaxy-1
            """);
  }

  @Test
  void saysWhatItCountsOnlyInPart() {
    var times = Map.of("galaxy-1", millis(60), "galaxy-2", millis(40));
    var checks = Map.of("galaxy-1", checks(200, 8), "galaxy-2", checks(200, 8));

    assertThat(shown(times, checks, Set.of("galaxy-2", "galaxy-1"), Set.of("star-service")))
        .endsWith(
            """
            galaxy-1, galaxy-2: began while this was measured; counted since then
            star-service: ended while this was measured; not counted
            """);
  }

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }

  private static SignatureChecks checks(int count, int millis) {
    return new SignatureChecks(count, millis * 1e6);
  }

  private static String shown(Map<String, Duration> times, Map<String, SignatureChecks> checks) {
    return shown(times, checks, Set.of(), Set.of());
  }

  private static String shown(
      Map<String, Duration> times,
      Map<String, SignatureChecks> checks,
      Set<String> begun,
      Set<String> ended) {
    var bytes = new ByteArrayOutputStream();
    var used = new ProcessorTime.Used(times, begun, ended);
    new CostTable(new Costs(used, checks), PAYMENTS)
        .show(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
