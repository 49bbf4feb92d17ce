package org.constellation.local.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthReportTest {

  @Test
  void namesTheComponentsThatAreNotWellWithTheirReasons() {
    var body =
        """
        {"status":"DOWN","components":{
          "db":{"status":"UP"},
          "galaxy":{"status":"DOWN","components":{
            "member2":{"status":"DOWN","details":{"reason":"silent for 40 s"}}}}}}
        """;

    var report = HealthReport.of(new Readiness.Answer(503, body));

    assertThat(report.isUp()).isFalse();
    assertThat(report.reasons())
        .containsExactly("galaxy.member2 DOWN: {\"reason\":\"silent for 40 s\"}");
  }

  @Test
  void tellsHowFarEachMemberIs() {
    var body =
        """
        {"status":"DOWN","components":{
          "membersHealth":{"status":"DOWN","details":{
            "galaxy-2":"certified 7, silent: 3",
            "galaxy-1":"stalled: galaxy 2 of 4 silent for 40 s, 1 must return",
            "reason":"stalled: galaxy 2 of 4 silent for 40 s, 1 must return"}}}}
        """;

    var report = HealthReport.of(new Readiness.Answer(503, body));

    assertThat(report.reasons()).isEmpty();
    assertThat(report.members())
        .containsExactly(
            "galaxy-1         stalled: galaxy 2 of 4 silent for 40 s, 1 must return",
            "galaxy-2         certified 7, silent: 3");
  }

  @Test
  void callsMembersOfTheClusterAsTheirProcessesAreCalled() {
    var body =
        """
        {"status":"UP","components":{
          "membersHealth":{"status":"UP","details":{
            "c0-2":"certified 7, silent: c0-1, c0-3"}},
          "journal":{"status":"DOWN","details":{"reason":"c0-12 cannot write"}}}}
        """;

    var report = HealthReport.of(new Readiness.Answer(200, body));

    assertThat(report.members())
        .containsExactly("facilitator-2    certified 7, silent: facilitator-1, facilitator-3");
    assertThat(report.reasons())
        .containsExactly("journal DOWN: {\"reason\":\"facilitator-12 cannot write\"}");
  }

  @Test
  void callsAServerSilentThatDoesNotAnswer() {
    assertThat(HealthReport.of(new Readiness.Answer(0, "")).status()).isEqualTo("SILENT");
  }

  @Test
  void survivesAnAnswerThatIsNoHealthReport() {
    var report = HealthReport.of(new Readiness.Answer(502, "<html>"));

    assertThat(report.status()).isEqualTo("UNKNOWN");
    assertThat(report.reasons()).containsExactly("HTTP status 502");
  }
}
