package org.constellation.blackhole.query.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.constellation.blackhole.LedgerError;
import org.constellation.blackhole.LedgerNames;
import org.constellation.blackhole.query.AssetView;
import org.constellation.blackhole.query.BalanceView;
import org.constellation.blackhole.query.LedgerQueries;
import org.constellation.blackhole.query.Page;
import org.constellation.blackhole.query.TransactionView;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.chain.AssetId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Assets, who has them, and what moved them. */
@RestController
@RequestMapping("/api/assets")
class AssetController {

  private final LedgerQueries queries;

  AssetController(LedgerQueries queries) {
    this.queries = queries;
  }

  @GetMapping
  Page<AssetView> assets(
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    return queries.assets(after.map(LedgerNames::asset), limit);
  }

  @GetMapping("/{asset}")
  AssetView asset(@PathVariable String asset) {
    return queries.asset(LedgerNames.asset(asset)).orElseThrow(AssetController::unknown);
  }

  @GetMapping("/{asset}/holders")
  Page<BalanceView> holders(
      @PathVariable String asset,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    return queries.holders(known(asset), after.map(LedgerNames::star), limit);
  }

  @GetMapping("/{asset}/transactions")
  Page<TransactionView> transactions(
      @PathVariable String asset,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    return queries.transactionsMoving(known(asset), after.map(LedgerNames::hash), limit);
  }

  private AssetId known(String text) {
    var asset = LedgerNames.asset(text);
    if (!queries.isDefined(asset)) {
      throw unknown();
    }
    return asset;
  }

  private static RequestRejected unknown() {
    return new RequestRejected(LedgerError.UNKNOWN_ASSET, "The ledger has no such asset.");
  }
}
