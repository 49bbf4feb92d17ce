package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.constellation.platform.member.MemberView;
import org.constellation.platform.member.Members;
import org.constellation.platform.member.MembersHealth;
import org.constellation.testsupport.RealKafka;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

/** Galaxy members that are away, each in a context of its own as in production. */
class AbsenceTest {

  private static final Pattern REASON =
      Pattern.compile("stalled: galaxy 2 of 4 silent for [0-9]+ s, 1 must return");

  @TempDir private Path directory;

  @BeforeAll
  static void prepare() {
    System.setProperty("spring.kafka.bootstrap-servers", RealKafka.bootstrapServers());
    LocalServices.initializeLogging();
  }

  @Test
  void theGalaxySaysWhyItStandsStillAndGoesOnWhenEnoughHaveReturned() throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "absence");
        var ledger = network.follow();
        var stayed = network.start(List.of("galaxy-1", "galaxy-2"))) {
      try (var left = network.start(List.of("galaxy-3"))) {
        await().atMost(TestNetwork.PATIENCE).until(() -> ledger.height() >= 3);
        assertThat(view(left, "galaxy-3").stopped()).isEmpty();
      }
      var health = stayed.context("galaxy-1").getBean(MembersHealth.class);
      await().atMost(TestNetwork.PATIENCE).until(() -> REASON.matcher(reason(health)).matches());
      assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

      var stood = ledger.height();
      try (var came = network.start(List.of("galaxy-3", "galaxy-4"))) {
        await()
            .atMost(TestNetwork.PATIENCE)
            .until(
                () ->
                    view(stayed, "galaxy-1").certified() >= stood + 5
                        && view(stayed, "galaxy-2").certified() >= stood + 5
                        && view(came, "galaxy-3").certified() >= stood + 5
                        && view(came, "galaxy-4").certified() >= stood + 5);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(ledger.trouble()).isEmpty();
      }
    }
  }

  private static String reason(MembersHealth health) {
    return Objects.toString(health.health().getDetails().get("reason"), "");
  }

  private static MemberView view(RunningServices running, String name) {
    return running.context(name).getBean(Members.class).views().getFirst();
  }
}
