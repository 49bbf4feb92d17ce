package org.constellation.blackhole.query.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Optional;
import org.constellation.blackhole.LedgerError;
import org.constellation.blackhole.LedgerNames;
import org.constellation.blackhole.query.BalanceView;
import org.constellation.blackhole.query.HalfBlockView;
import org.constellation.blackhole.query.LedgerQueries;
import org.constellation.blackhole.query.Page;
import org.constellation.blackhole.query.StarView;
import org.constellation.blackhole.query.TransactionPlace;
import org.constellation.blackhole.query.TransactionView;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.star.StarId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Stars and transactions as the ledger has them. */
@RestController
@RequestMapping("/api/ledger")
class StarLedgerController {

  private final LedgerQueries queries;

  StarLedgerController(LedgerQueries queries) {
    this.queries = queries;
  }

  @GetMapping("/transactions/{id}")
  TransactionView transaction(@PathVariable String id) {
    return queries
        .transaction(LedgerNames.hash(id))
        .orElseThrow(
            () ->
                new RequestRejected(
                    LedgerError.UNKNOWN_TRANSACTION, "No such transaction is in the ledger."));
  }

  @GetMapping("/stars/{star}")
  StarView star(@PathVariable String star) {
    return known(LedgerNames.star(star));
  }

  @GetMapping("/stars/{star}/chain")
  Page<HalfBlockView> chain(
      @PathVariable String star,
      @RequestParam(defaultValue = "0") @PositiveOrZero long after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    var id = LedgerNames.star(star);
    known(id);
    return queries.chain(id, after, limit);
  }

  @GetMapping("/stars/{star}/transactions")
  Page<TransactionView> transactions(
      @PathVariable String star,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    var id = LedgerNames.star(star);
    known(id);
    var place = after.map(TransactionPlace::parse).orElse(TransactionPlace.START);
    return queries.transactionsOf(id, place, limit);
  }

  @GetMapping("/stars/{star}/balances")
  Page<BalanceView> balances(
      @PathVariable String star,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    var id = LedgerNames.star(star);
    known(id);
    return queries.balances(id, after.map(LedgerNames::asset), limit);
  }

  private StarView known(StarId star) {
    return queries
        .star(star)
        .orElseThrow(
            () ->
                new RequestRejected(
                    LedgerError.UNKNOWN_STAR, "This star stands in no block of the ledger."));
  }
}
