package org.constellation.simulation.watch;

import java.util.Map;
import java.util.TreeMap;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Committee;

/** AGREEMENT: of every committee one certified header at each round. */
public final class AgreementWatch {

  private final Map<Committee, EraPlan> plans = new TreeMap<>();
  private final Map<Committee, TreeMap<Long, Hash>> certified = new TreeMap<>();
  private final SignatureVerifier verifier;
  private final Guilty guilty;
  private final Violations violations;

  AgreementWatch(
      Iterable<EraPlan> plans, SignatureVerifier verifier, Guilty guilty, Violations violations) {
    this.verifier = verifier;
    this.guilty = guilty;
    this.violations = violations;
    for (var plan : plans) {
      this.plans.put(plan.committee(), plan);
      certified.put(plan.committee(), new TreeMap<>());
    }
  }

  /** Somebody shows a certificate; whether it is one. */
  boolean shown(Committee committee, long round, Hash header, Certificate certificate) {
    var plan = plans.get(committee);
    var rounds = certified.get(committee);
    if (plan == null || rounds == null) {
      return false;
    }
    var known = rounds.get(round);
    if (known != null && known.equals(header)) {
      return true;
    }
    if (!CertificateCount.isEnough(certificate, header, plan, verifier)) {
      return false;
    }
    if (known == null) {
      rounds.put(round, header);
    } else if (!guilty.isCaptured(committee)) {
      violations.found(
          "AGREEMENT",
          "%s certified %s and %s in round %d".formatted(committee, known, header, round));
    }
    return true;
  }

  /** The newest round of which a certificate was shown. */
  public long newest(Committee committee) {
    var rounds = certified.get(committee);
    return rounds == null || rounds.isEmpty() ? 0 : rounds.lastKey();
  }
}
