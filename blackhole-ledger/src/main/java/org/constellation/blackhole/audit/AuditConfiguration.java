package org.constellation.blackhole.audit;

import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the audit. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

  @Bean
  StoreAudit storeAudit(Genesis genesis, LedgerTables tables, SignatureVerifier verifier) {
    return new StoreAudit(genesis, tables, verifier);
  }
}
