package org.constellation.protocol.proof;

import java.util.Optional;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureVerifier;

/** The galaxy's word on which every proof rests. */
public record CertifiedHeader(GalaxyHeader header, Certificate certificate) {

  /**
   * What is wrong with it, if anything. It is followed from the genesis file alone, so a header of
   * an era that the file does not name is refused.
   */
  public Optional<Refuted> objection(Genesis genesis, SignatureVerifier verifier) {
    if (!header.network().equals(genesis.network())) {
      return Refuted.because(Refuted.Reason.OTHER_NETWORK, "the block is another network's");
    }
    if (header.era() != genesis.galaxy().era()) {
      return Refuted.because(Refuted.Reason.UNKNOWN_ERA, "the galaxy's era " + header.era());
    }
    return switch (CertificateCheck.check(certificate, header.hash(), genesis.galaxy(), verifier)) {
      case CertificateCheck.Certified _ -> Optional.empty();
      case CertificateCheck.Refused(var reason, var member) ->
          Refuted.because(Refuted.Reason.NOT_CERTIFIED, reason + " of member " + member);
    };
  }
}
