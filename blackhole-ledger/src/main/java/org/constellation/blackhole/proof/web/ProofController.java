package org.constellation.blackhole.proof.web;

import org.constellation.blackhole.LedgerError;
import org.constellation.blackhole.LedgerNames;
import org.constellation.blackhole.proof.Proofs;
import org.constellation.blackhole.query.EvidencePlace;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.wire.ProofCodec;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands out proofs as their exact bytes. Each takes whole blocks apart, so only {@link #AT_ONCE}
 * are made at a time and the others wait; how many can wait, the limit of connections says.
 */
@RestController
@ConcurrencyLimit(ProofController.AT_ONCE)
class ProofController {

  /** Proofs in the making, with up to three blocks in memory each. */
  static final int AT_ONCE = 4;

  private final Proofs proofs;

  ProofController(Proofs proofs) {
    this.proofs = proofs;
  }

  /** The bytes; their number is the answer's length. */
  @GetMapping("/api/transactions/{id}/proof")
  ResponseEntity<byte[]> transaction(@PathVariable String id) {
    var proof =
        proofs
            .ofTransaction(LedgerNames.hash(id))
            .orElseThrow(
                () ->
                    new RequestRejected(
                        LedgerError.NOT_SETTLED, "Only a settled transaction can be proven."));
    return bytes(ProofCodec.encode(proof));
  }

  /** The balance after the newest block, also where it is zero. */
  @GetMapping("/api/ledger/stars/{star}/balances/{asset}/proof")
  ResponseEntity<byte[]> balance(@PathVariable String star, @PathVariable String asset) {
    var proof =
        proofs
            .ofBalance(LedgerNames.star(star), LedgerNames.asset(asset))
            .orElseThrow(
                () ->
                    new RequestRejected(
                        LedgerError.NO_BLOCK_YET, "There is no block yet that could prove it."));
    return bytes(ProofCodec.encode(proof));
  }

  /** The exclusion after the newest block, also where there is none. */
  @GetMapping("/api/ledger/stars/{star}/exclusion/proof")
  ResponseEntity<byte[]> exclusion(@PathVariable String star) {
    var proof =
        proofs
            .ofExclusion(LedgerNames.star(star))
            .orElseThrow(
                () ->
                    new RequestRejected(
                        LedgerError.NO_BLOCK_YET, "There is no block yet that could prove it."));
    return bytes(ProofCodec.encode(proof));
  }

  /** The evidence at a place, and that its block convicts by it. */
  @GetMapping("/api/evidence/{place}/proof")
  ResponseEntity<byte[]> evidence(@PathVariable String place) {
    var proof =
        proofs
            .ofEvidence(EvidencePlace.parse(place))
            .orElseThrow(
                () ->
                    new RequestRejected(
                        LedgerError.UNKNOWN_EVIDENCE, "No evidence stands at this place."));
    return bytes(ProofCodec.encode(proof));
  }

  private static ResponseEntity<byte[]> bytes(Bytes proof) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .body(proof.toArray());
  }
}
