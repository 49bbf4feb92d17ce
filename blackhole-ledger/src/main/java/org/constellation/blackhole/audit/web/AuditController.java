package org.constellation.blackhole.audit.web;

import org.constellation.blackhole.audit.StoreAudit;
import org.constellation.platform.security.OperatorOnly;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Begins audits and tells how they went; costs a processor for a while, so not for everybody. */
@RestController
@OperatorOnly
class AuditController {

  private final StoreAudit audit;

  AuditController(StoreAudit audit) {
    this.audit = audit;
  }

  @PostMapping("/api/ledger/audit")
  ResponseEntity<StoreAudit.Progress> begin() {
    return ResponseEntity.accepted().body(audit.begin());
  }

  @GetMapping("/api/ledger/audit")
  StoreAudit.Progress progress() {
    return audit.progress();
  }
}
