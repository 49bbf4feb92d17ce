package org.constellation.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A galaxy whose members are processes of their own, some of which do not answer. */
class SeveralServersTest {

  private static final int MEMBERS = 6;
  private static final String PATH = "/api/galaxy";

  private final List<StubService> members = new ArrayList<>();
  private StubService stars;
  private ConfigurableApplicationContext gateway;
  private HttpClient client;
  private int port;
  private int managementPort;

  @BeforeEach
  void open() throws IOException {
    stars = new StubService("stars");
    var door = new Door().told("--constellation.gateway.silence-max=1s");
    for (var service : List.of("star-service", "blackhole-ledger", "cluster-consensus-service")) {
      door.before(service, stars.address());
    }
    for (var number = 1; number <= MEMBERS; number++) {
      var member = new StubService("galaxy-" + number);
      members.add(member);
      door.before("galaxy-service", number - 1, "galaxy-" + number, member.address());
    }
    gateway = door.open();
    port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    managementPort =
        gateway.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
    members.forEach(StubService::close);
    stars.close();
  }

  private StubService member(int number) {
    return members.get(number - 1);
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpRequest.Builder toHealth() {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + managementPort + "/actuator/health"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private void everyMemberIsUnavailable() {
    for (var member : members) {
      member.on(PATH, exchange -> StubService.answer(exchange, 503, "text/plain", "not yet"));
    }
  }

  private long asked() {
    return members.stream().mapToLong(member -> member.asked().size()).sum();
  }

  @Test
  void asksTheNextOneIfOneIsAway() throws Exception {
    member(1).close();
    member(2).close();

    assertThat(send(to(PATH + "?after=3")).body()).isEqualTo("galaxy-3");
    assertThat(send(to(PATH)).body()).isEqualTo("galaxy-3");
    assertThat(member(3).asked()).containsExactly("GET /api/galaxy?after=3", "GET /api/galaxy");
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void asksTheNextOneIfOneDiesWhoseConnectionsAreKept() throws Exception {
    assertThat(send(to(PATH)).body()).isEqualTo("galaxy-1");
    member(1).close();

    assertThat(send(to(PATH)).body()).isEqualTo("galaxy-2");
  }

  @Test
  void asksTheNextOneIfOneIsUnavailableAndStaysThere() throws Exception {
    member(1).on(PATH, exchange -> StubService.answer(exchange, 503, "text/plain", "not this one"));

    var answer = send(to(PATH));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("galaxy-2");
    assertThat(send(to(PATH)).body()).isEqualTo("galaxy-2");
    assertThat(member(1).asked()).hasSize(1);
  }

  @Test
  void handsOnEveryOtherStatusOfTheFirst() throws Exception {
    member(1).on(PATH, exchange -> StubService.answer(exchange, 500, "text/plain", "defect"));

    assertThat(send(to(PATH)).statusCode()).isEqualTo(500);
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void triesFourAndBeginsBehindThemTheNextTime() throws Exception {
    for (var number = 1; number < MEMBERS; number++) {
      member(number).close();
    }

    var answer = send(to(PATH));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("SERVICE_AWAY", "galaxy-service");
    assertThat(send(to(PATH)).body()).isEqualTo("galaxy-6");
  }

  @Test
  void handsOnThatTheLastOneIsUnavailable() throws Exception {
    everyMemberIsUnavailable();

    var answer = send(to(PATH));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("not yet");
    assertThat(asked()).isEqualTo(4);
  }

  @Test
  void asksOnlyOneOfThemToDoSomething() throws Exception {
    everyMemberIsUnavailable();

    assertThat(send(to(PATH).POST(BodyPublishers.ofString("{}"))).body()).isEqualTo("not yet");
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void asksOnlyOneOfThemWhatHasABody() throws Exception {
    everyMemberIsUnavailable();

    assertThat(send(to(PATH).method("GET", BodyPublishers.ofString("{}"))).body())
        .isEqualTo("not yet");
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void waitsForASilentOneOnce() throws Exception {
    var asked = new CountDownLatch(1);
    member(1)
        .on(
            PATH,
            _ -> {
              try {
                asked.await(1, TimeUnit.MINUTES);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    var answer = send(to(PATH));

    assertThat(answer.body()).contains("SERVICE_SILENT");
    assertThat(send(to(PATH)).body()).isEqualTo("galaxy-2");
    asked.countDown();
  }

  @Test
  void tellsWhatEveryMemberSaysAndWhoDoesNotAnswer() throws Exception {
    var stalled = "stalled: galaxy 3 of 6 silent for 40 s, 1 must return";
    stars.on(
        "/actuator/health",
        exchange -> StubService.answer(exchange, 200, "application/json", "{\"status\":\"UP\"}"));
    for (var member : members) {
      member.on(
          "/actuator/health",
          exchange ->
              StubService.answer(
                  exchange,
                  503,
                  "application/json",
                  "{\"status\":\"DOWN\",\"components\":{\"membersHealth\":{\"status\":\"DOWN\","
                      + "\"details\":{\"reason\":\""
                      + stalled
                      + "\"}}}}"));
    }
    member(2).close();

    var answer = send(toHealth());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains("\"star-service\":{\"status\":\"UP\"}")
        .contains("\"galaxy-service\":{\"status\":\"DOWN\",\"galaxy-1\":{\"status\":\"DOWN\",")
        .contains("\"galaxy-2\":{\"status\":\"AWAY\",\"reason\":\"galaxy-2 does not answer\"}")
        .contains("\"galaxy-6\":{\"status\":\"DOWN\",\"membersHealth\":{\"reason\":\"" + stalled);
  }

  @Test
  void isUpIfOneMemberIsAndAwayIfNoneAnswers() throws Exception {
    for (var service : Stream.concat(Stream.of(stars), members.stream()).toList()) {
      service.on(
          "/actuator/health",
          exchange -> StubService.answer(exchange, 200, "application/json", "{\"status\":\"UP\"}"));
    }
    members.stream().skip(1).forEach(StubService::close);
    var well = send(toHealth());
    assertThat(well.statusCode()).isEqualTo(200);
    assertThat(well.body())
        .contains("\"galaxy-service\":{\"status\":\"UP\",\"galaxy-1\":{\"status\":\"UP\"}")
        .contains("\"galaxy-2\":{\"status\":\"AWAY\",\"reason\":\"galaxy-2 does not answer\"}")
        .doesNotContain("diskSpace");

    members.getFirst().close();

    assertThat(send(toHealth()).body())
        .contains("\"galaxy-service\":{\"status\":\"AWAY\",\"galaxy-1\":");
  }
}
