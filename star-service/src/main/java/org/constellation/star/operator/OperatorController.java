package org.constellation.star.operator;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.constellation.platform.security.OperatorOnly;
import org.constellation.star.account.Accounts;
import org.constellation.star.api.Inputs;
import org.constellation.star.relay.Relay;
import org.constellation.star.writer.StarWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accounts in bulk, and the outbox. */
@RestController
@OperatorOnly
@RequestMapping("/api/stars")
class OperatorController {

  private static final int PAGE_MAX = 500;

  private final Accounts accounts;
  private final Relay relay;
  private final StarWriter writer;

  OperatorController(Accounts accounts, Relay relay, StarWriter writer) {
    this.accounts = accounts;
    this.relay = relay;
    this.writer = writer;
  }

  record AccountView(String star, String custody, boolean homed, long headSequence) {}

  /**
   * @param next what to ask for the page after this one with, null on the last page
   */
  record AccountPage(List<AccountView> stars, @Nullable String next) {}

  @GetMapping
  AccountPage list(
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(PAGE_MAX) int limit) {
    var page = accounts.list(after == null ? null : Inputs.star(after, "after"), limit);
    var views =
        page.stream()
            .map(
                account ->
                    new AccountView(
                        account.star().toString(),
                        account.isCustodial() ? "SERVICE" : "OWNER",
                        account.homed(),
                        account.headSequence()))
            .toList();
    return new AccountPage(views, page.size() < limit ? null : views.getLast().star());
  }

  /**
   * @param segments without a receipt
   * @param oldestMillis how long the oldest has waited, null where there is none
   * @param joins stars that wait for a home
   * @param requestsWaiting before the writer
   */
  record OutboxView(
      int segments, @Nullable Long oldestMillis, int joins, int requestsWaiting, long height) {}

  @GetMapping("/outbox")
  OutboxView outbox() {
    return new OutboxView(
        relay.depth(),
        relay.oldest().map(Duration::toMillis).orElse(null),
        relay.joinsWaiting(),
        writer.requestsWaiting(),
        writer.height());
  }

  @PostMapping("/outbox/resend")
  OutboxView resend() {
    relay.sendAllNow();
    return outbox();
  }
}
