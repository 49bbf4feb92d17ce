package org.constellation.platform.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.layer.LayerStatus;
import org.constellation.platform.TestCommittees;
import org.constellation.platform.TestNetwork;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

class MemberViewTest {

  private static final TestCommittees GALAXY = TestCommittees.of(Committee.GALAXY, 4, 1);
  private static final MemberSeat SEAT =
      new MemberSeat(TestNetwork.hashOf("view"), GALAXY.plan(), 1, GALAXY.keys().get(1));
  private static final long NOW = 1_000_000;

  @Test
  void saysHowManyMustReturn() {
    var view = viewOf(List.of(NOW - 40_000, 0L, NOW - 90_000, NOW), List.of());
    assertThat(view.silent())
        .containsExactly(
            new MemberView.Silent(0, "galaxy-1", NOW - 40_000),
            new MemberView.Silent(2, "galaxy-3", NOW - 90_000));
    assertThat(view.stalled()).contains("stalled: galaxy 2 of 4 silent for 40 s, 1 must return");
    assertThat(view.code()).contains(StallCode.SILENT_MEMBERS);
  }

  @Test
  void isNotStalledByAsManyAsMayFail() {
    var view = viewOf(List.of(NOW - 40_000, 0L, NOW, NOW), List.of());
    assertThat(view.silent()).hasSize(1);
    assertThat(view.stalled()).isEmpty();
    assertThat(view.code()).isEmpty();
  }

  @Test
  void countsSilenceFromItsOwnStart() {
    var view =
        MemberView.of(
            SEAT,
            Optional.of(status(List.of(0L, 0L, 0L, 0L), List.of())),
            Optional.empty(),
            NOW - 1_000,
            NOW,
            Duration.ofSeconds(10));
    assertThat(view.silent()).isEmpty();
  }

  @Test
  void givesTheLayersConcernsWhenEnoughAreThere() {
    var view = viewOf(List.of(NOW, NOW, NOW, NOW), List.of("waits for height 7"));
    assertThat(view.stalled()).contains("stalled: waits for height 7");
    assertThat(view.code()).contains(StallCode.OTHER);
  }

  @Test
  void blamesNobodyForSilenceWhileAllWaitForAnother() {
    var all =
        new LayerStatus(
            5,
            4,
            List.of(0L, 0L, 0L, 0L),
            List.of(4L, 4L, 4L, 4L),
            0,
            Optional.of("8 checkpoints wait for the galaxy"),
            List.of("round 6 may not start yet"));
    var view =
        MemberView.of(SEAT, Optional.of(all), Optional.empty(), 0, NOW, Duration.ofSeconds(10));
    assertThat(view.stalled()).contains("stalled: 8 checkpoints wait for the galaxy");
    assertThat(view.code()).contains(StallCode.OTHER_LAYER);
  }

  private static MemberView viewOf(List<Long> heard, List<String> concerns) {
    return MemberView.of(
        SEAT,
        Optional.of(status(heard, concerns)),
        Optional.empty(),
        0,
        NOW,
        Duration.ofSeconds(10));
  }

  private static LayerStatus status(List<Long> heard, List<String> concerns) {
    return new LayerStatus(5, 4, heard, List.of(4L, 4L, 4L, 4L), 0, Optional.empty(), concerns);
  }
}
