package org.constellation.blackhole.query.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.constellation.blackhole.query.EvidencePlace;
import org.constellation.blackhole.query.EvidenceView;
import org.constellation.blackhole.query.LedgerQueries;
import org.constellation.blackhole.query.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Proven misbehaviour. */
@RestController
class EvidenceController {

  private final LedgerQueries queries;

  EvidenceController(LedgerQueries queries) {
    this.queries = queries;
  }

  @GetMapping("/api/evidence")
  Page<EvidenceView> evidence(
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    return queries.evidence(after.map(EvidencePlace::parse).orElse(EvidencePlace.START), limit);
  }
}
