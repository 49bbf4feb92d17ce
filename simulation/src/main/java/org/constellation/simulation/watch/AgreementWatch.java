package org.constellation.simulation.watch;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Committee;

/**
 * AGREEMENT: of every committee one certified header at each round, and no certificate of a header
 * that is none of these.
 */
public final class AgreementWatch {

  /**
   * So many rounds after a certificate was shown, the header that it certifies is known: those that
   * are built on it are.
   */
  private static final long KNOWN_AFTER = 3;

  private final Map<Committee, EraPlan> plans = new TreeMap<>();
  private final Map<Committee, TreeMap<Long, Hash>> certified = new TreeMap<>();
  // By committee: headers with a certificate that was shown without them, and the newest round of
  // the committee at that time.
  private final Map<Committee, TreeMap<Hash, Long>> alone = new TreeMap<>();
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
      alone.put(plan.committee(), new TreeMap<>());
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

  /** Somebody shows a certificate alone; which round it ends only its header could say. */
  void shown(Committee committee, Hash header, Certificate certificate) {
    var plan = plans.get(committee);
    var headers = alone.get(committee);
    if (plan != null
        && headers != null
        && !headers.containsKey(header)
        && CertificateCount.isEnough(certificate, header, plan, verifier)) {
      headers.put(header, newest(committee));
    }
  }

  /**
   * Looks, when the network has come to rest, whether the headers of all certificates are known.
   */
  public void compare() {
    alone.forEach(
        (committee, headers) -> {
          var known = new TreeSet<>(certified.getOrDefault(committee, new TreeMap<>()).values());
          headers.forEach(
              (header, since) -> {
                if (!known.contains(header)
                    && since + KNOWN_AFTER <= newest(committee)
                    && !guilty.isCaptured(committee)) {
                  violations.found(
                      "AGREEMENT",
                      "%s certified %s, which nobody has".formatted(committee, header));
                }
              });
        });
  }

  /** The newest round of which a certificate was shown. */
  public long newest(Committee committee) {
    var rounds = certified.get(committee);
    return rounds == null || rounds.isEmpty() ? 0 : rounds.lastKey();
  }
}
