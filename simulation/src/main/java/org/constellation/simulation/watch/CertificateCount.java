package org.constellation.simulation.watch;

import java.util.TreeSet;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;

/** Counts signatures, by a code of its own. */
final class CertificateCount {

  private CertificateCount() {}

  static boolean isEnough(
      Certificate certificate, Hash header, EraPlan plan, SignatureVerifier verifier) {
    var message = Certificate.signedMessage(header);
    var members = new TreeSet<Integer>();
    for (var one : certificate.signatures()) {
      var index = one.member();
      if (index >= 0
          && index < plan.members().size()
          && verifier.verify(
              plan.members().get(index).operationalKey(), message, one.signature())) {
        members.add(index);
      }
    }
    var size = plan.members().size();
    return members.size() >= size - (size - 1) / 3;
  }
}
