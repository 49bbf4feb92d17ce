package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.constellation.protocol.star.StarId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at the front door gets a clear answer, and harms nobody. */
@Tag("system")
class BadInputSystemTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The front door's limit, and a few more. */
  private static final int CONNECTIONS = 1_000 + 20;

  /** On a slow machine some are closed, since they ask no more, while others are made. */
  private static final int ATTEMPTS_MAX = 3 * CONNECTIONS;

  private static final Pattern TREASURY = Pattern.compile("(?m)^treasury +(\\S+)");

  private static Platform platform;
  private static Api api;
  private static Api.Star treasury;
  private static Api.Star alice;
  private static Api.Star bob;

  @BeforeAll
  static void up(@TempDir Path directory) throws IOException {
    platform = Platform.up(directory.resolve("data"));
    api = new Api(platform.address());
    platform.run("star", "new", "--name", "warm-up").expectSuccess();
    var listed = TREASURY.matcher(platform.run("star", "list").expectSuccess());
    assertThat(listed.find()).isTrue();
    var secrets = platform.data().resolve("secrets");
    treasury =
        new Api.Star(listed.group(1), Files.readString(secrets.resolve("treasury.token")).strip());
    alice = api.openStar();
    bob = api.openStar();
    api.awaitHome(alice.id());
    api.awaitHome(bob.id());
    api.awaitStatus(pay(treasury, alice.id(), "1000").expect(202).path("id").asString(), "FINAL");
  }

  @AfterAll
  static void down() {
    api.close();
    platform.close();
  }

  private static Api.Answer pay(Api.Star from, String to, String amount) {
    return api.post("/api/transactions", payment(from.id(), to, amount), from.token());
  }

  private static String payment(String from, String to, String amount) {
    return "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%s}".formatted(from, to, amount);
  }

  @Test
  void brokenJsonIsNoRequest() {
    for (var body : new String[] {"{", "", "[1,2", "\"text\"", "\u0000\u0001"}) {
      var answer = api.post("/api/transactions", body, alice.token());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("UNREADABLE_BODY");
    }
  }

  @Test
  void strangersAreNoStars() {
    var stranger = StarId.of(new byte[StarId.LENGTH]).toString();
    assertThat(
            api.post("/api/transactions", payment(stranger, bob.id(), "1"), alice.token()).code())
        .isEqualTo("UNKNOWN_STAR");
    assertThat(pay(alice, stranger, "1").code()).isEqualTo("COUNTERPARTY_WITHOUT_HOME");
    assertThat(pay(alice, "star1nonsense", "1").code()).isEqualTo("MALFORMED_STAR");
    assertThat(api.get("/api/stars/" + stranger).status()).isEqualTo(404);
  }

  @Test
  void onlyTheTokenOfTheStarSpends() {
    var body = payment(alice.id(), bob.id(), "1");
    assertThat(api.post("/api/transactions", body, null).status()).isEqualTo(401);
    assertThat(api.post("/api/transactions", body, "nonsense").status()).isEqualTo(401);
    var wrong = api.post("/api/transactions", body, bob.token());
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.code()).isEqualTo("NOT_ALLOWED");
  }

  @Test
  void amountsArePositiveWholeAndFitIntoTheLedger() {
    assertThat(pay(alice, bob.id(), "-1").code()).isEqualTo("AMOUNT_NOT_POSITIVE");
    assertThat(pay(alice, bob.id(), "0").code()).isEqualTo("AMOUNT_NOT_POSITIVE");
    assertThat(pay(alice, bob.id(), "9223372036854775808").code()).isEqualTo("AMOUNT_TOO_LARGE");
    assertThat(pay(alice, bob.id(), "1.5").code()).isEqualTo("MALFORMED_AMOUNT");
    assertThat(pay(alice, bob.id(), "\"1e3\"").code()).isEqualTo("MALFORMED_AMOUNT");
    var tooMuch = pay(alice, bob.id(), "9223372036854775807").expect(202).path("id").asString();
    api.awaitStatus(tooMuch, "REJECTED");
    assertThat(api.get("/api/transactions/" + tooMuch).body().path("reason").asString())
        .isEqualTo("INSUFFICIENT_FUNDS");
  }

  @Test
  void aSignatureFitsEveryByteOrNone() {
    var owner = OwnedStar.open(api);
    var other = OwnedStar.open(api);
    var prepared = owner.preparePayment(bob.id(), 1);
    var halfBlock = prepared.path("halfBlock").asString();
    assertThat(owner.submit(halfBlock, other.signed(prepared)).code()).isEqualTo("BAD_SIGNATURE");
    var bytes = Base64.getDecoder().decode(halfBlock);
    for (var at = 0; at < bytes.length; at += 5) {
      var altered = bytes.clone();
      altered[at] ^= 1;
      assertThat(
              owner
                  .submit(Base64.getEncoder().encodeToString(altered), owner.signed(prepared))
                  .code())
          .as("byte " + at)
          .isIn("BAD_SIGNATURE", "MALFORMED_SEGMENT", "WRONG_NETWORK", "UNKNOWN_STAR");
    }
  }

  @Test
  void chainsHaveNoGapsForksBecomeEvidenceAndReplaysChangeNothing() {
    var owner = OwnedStar.open(api);
    var income = pay(treasury, owner.id(), "10").expect(202).path("id").asString();
    await()
        .atMost(PATIENCE)
        .until(() -> !api.get("/api/stars/" + owner.id()).body().path("open").isEmpty());
    owner.submit(owner.prepareAgreement(income)).expect(202);
    api.awaitStatus(income, "FINAL");
    var one = owner.preparePayment(bob.id(), 1);
    var two = owner.preparePayment(bob.id(), 2);

    var gap = owner.submitAt(OwnedStar.halfBlock(one), 3);
    assertThat(gap.status()).isEqualTo(409);
    assertThat(gap.code()).isEqualTo("GAP");

    owner.submit(one).expect(202);
    api.awaitStatus(one.path("id").asString(), "FINAL");
    var replay = owner.submit(one).expect(202);
    assertThat(replay.path("id").asString()).isEqualTo(one.path("id").asString());
    assertThat(balance(owner.id())).isEqualTo("9");

    // Long enough ago that no facilitator has the checkpoint at hand any more.
    for (var i = 0; i < 5; i++) {
      var other = pay(treasury, bob.id(), "1").expect(202).path("id").asString();
      api.awaitStatus(other, "FINAL");
    }
    assertThat(owner.submit(two).code()).isEqualTo("FORK");
    await()
        .atMost(PATIENCE)
        .until(
            () -> api.get("/api/evidence").expect(200).toString(),
            text -> text.contains(owner.key().publicKey().toHex()));
    assertThat(balance(owner.id())).isEqualTo("9");
  }

  private static String balance(String star) {
    return api.get("/api/stars/" + star)
        .expect(200)
        .path("balances")
        .path(0)
        .path("amount")
        .asString();
  }

  @Test
  void aStarWithoutAHomeWaits() {
    // The galaxy gives a home with its next block, so only somebody quick sees this.
    await()
        .atMost(PATIENCE)
        .until(
            () -> pay(api.openStar(), bob.id(), "1").text(),
            text -> text.contains("STAR_WITHOUT_HOME"));
  }

  @Test
  void anExpiredProposalCannotBeAgreedTo() {
    var request =
        api.post(
                "/api/transactions",
                "{\"type\":\"request\",\"from\":\"%s\",\"to\":\"%s\",\"amount\":1,\"validForTicks\":1}"
                    .formatted(bob.id(), alice.id()),
                bob.token())
            .expect(202)
            .path("id")
            .asString();
    api.awaitStatus(request, "EXPIRED");
    assertThat(api.post("/api/transactions/" + request + "/agree", "", alice.token()).code())
        .isEqualTo("TRANSACTION_ENDED");
  }

  @Test
  void tenMegabytesAreNotRead() throws IOException {
    // By hand: a server that answers before it has read everything makes some clients see no
    // answer.
    try (var socket = new Socket(api.address().getHost(), api.address().getPort())) {
      var head =
          "POST /api/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 10485760\r\nConnection: close\r\n\r\n{\"memo\":\"";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      var answer = firstWords(socket);
      assertThat(answer).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void connectionsThatAskNothingHarmNobody() throws IOException {
    withConnections(
        open -> {
          while (open.size() < CONNECTIONS) {
            open.add(connect());
          }
          var newcomer = connect();
          open.add(newcomer);
          assertThat(ask(newcomer)).startsWith("HTTP/1.1 200");
          pay(alice, bob.id(), "1").expect(202);
        });
  }

  @Test
  void moreConnectionsThanTheLimitAreRefusedAndHarmNobody() throws IOException {
    assertThat(api.get("/api/blocks/latest").status()).isEqualTo(200);
    withConnections(
        open -> {
          var answer = "HTTP/1.1 200";
          while (answer.startsWith("HTTP/1.1 200") && open.size() < ATTEMPTS_MAX) {
            open.add(connect());
            answer = ask(open.getLast());
          }
          assertThat(answer).startsWith("HTTP/1.1 503").contains("TOO_MANY_CONNECTIONS");
          // Who was there before goes on.
          pay(alice, bob.id(), "1").expect(202);
        });
    await().atMost(PATIENCE).until(() -> api.get("/api/blocks/latest").status() == 200);
    api.awaitStatus(pay(alice, bob.id(), "1").expect(202).path("id").asString(), "FINAL");
  }

  private interface Crowd {
    void gather(List<Socket> open) throws IOException;
  }

  private static void withConnections(Crowd crowd) throws IOException {
    var open = new ArrayList<Socket>();
    try {
      crowd.gather(open);
    } finally {
      for (var socket : open) {
        socket.close();
      }
    }
  }

  private static Socket connect() throws IOException {
    return new Socket(api.address().getHost(), api.address().getPort());
  }

  private static String ask(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET /api/blocks/latest HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return firstWords(socket);
  }

  private static String firstWords(Socket socket) throws IOException {
    var words = new byte[4_096];
    var length = 0;
    for (var read = 0; read >= 0 && length < words.length; length += Math.max(0, read)) {
      var text = new String(words, 0, length, StandardCharsets.UTF_8);
      var body = text.indexOf("\r\n\r\n");
      if (body >= 0 && text.indexOf('}', body) >= 0) {
        break;
      }
      read = socket.getInputStream().read(words, length, words.length - length);
    }
    return new String(words, 0, length, StandardCharsets.UTF_8);
  }
}
