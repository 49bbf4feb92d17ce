package org.constellation.blackhole.query.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.constellation.blackhole.LedgerError;
import org.constellation.blackhole.LedgerNames;
import org.constellation.blackhole.query.EvidencePlace;
import org.constellation.blackhole.query.EvidenceView;
import org.constellation.blackhole.query.ExclusionView;
import org.constellation.blackhole.query.Exclusions;
import org.constellation.blackhole.query.LedgerQueries;
import org.constellation.blackhole.query.Page;
import org.constellation.platform.web.RequestRejected;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proven misbehaviour, and what follows from it. */
@RestController
class EvidenceController {

  private final LedgerQueries queries;
  private final Exclusions exclusions;

  EvidenceController(LedgerQueries queries, Exclusions exclusions) {
    this.queries = queries;
    this.exclusions = exclusions;
  }

  @GetMapping("/api/evidence")
  Page<EvidenceView> evidence(
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    return queries.evidence(after.map(EvidencePlace::parse).orElse(EvidencePlace.START), limit);
  }

  /** Members' stars need not have half-blocks, so any star may be asked about. */
  @GetMapping("/api/ledger/stars/{star}/evidence")
  Page<EvidenceView> against(
      @PathVariable String star,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    return queries.evidenceAgainst(
        LedgerNames.star(star), after.map(EvidencePlace::parse).orElse(EvidencePlace.START), limit);
  }

  @GetMapping("/api/ledger/stars/{star}/exclusion")
  ExclusionView exclusion(@PathVariable String star) {
    return exclusions
        .of(LedgerNames.star(star))
        .orElseThrow(
            () ->
                new RequestRejected(
                    LedgerError.NO_BLOCK_YET, "There is no block yet that could say so."));
  }
}
