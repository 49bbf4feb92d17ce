package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Single payments, of which one wants to know what becomes of each. */
final class Payments {

  private static final Pattern TREASURY = Pattern.compile("(?m)^treasury +(\\S+)");

  private final Api api;
  private final Api.Star treasury;
  private final Api.Star payee;
  private final List<String> open = new ArrayList<>();

  private Payments(Api api, Api.Star treasury, Api.Star payee) {
    this.api = api;
    this.treasury = treasury;
    this.payee = payee;
  }

  /** From the treasury to a new star. */
  static Payments of(Platform platform, Api api) throws IOException {
    platform.run("star", "new", "--name", "warm-up").expectSuccess();
    var listed = TREASURY.matcher(platform.run("star", "list").expectSuccess());
    assertThat(listed.find()).isTrue();
    var token = platform.data().resolve("secrets").resolve("treasury.token");
    var treasury = new Api.Star(listed.group(1), Files.readString(token).strip());
    var payee = api.openStar();
    api.awaitHome(payee.id());
    return new Payments(api, treasury, payee);
  }

  /** Makes some that are then under way. */
  void make(int count) {
    for (var number = 0; number < count; number++) {
      open.add(pay(payee.id(), 1));
    }
  }

  /** Pays somebody, who may have to agree; the payment's id. */
  String pay(String to, long amount) {
    var body = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%d}".formatted(treasury.id(), to, amount);
    var made = api.post("/api/transactions", body, treasury.token()).expect(202);
    return made.path("id").asString();
  }

  /** Returns when all that were made are final. */
  void awaitFinal() {
    assertThat(open).as("payments under way").isNotEmpty();
    open.forEach(transaction -> api.awaitStatus(transaction, "FINAL"));
    open.clear();
  }
}
