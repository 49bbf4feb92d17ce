package org.constellation.simulation.watch;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Committee;

/**
 * AGREEMENT: of every committee one certified header at each round, and no certificate of a header
 * that is none of these.
 */
public final class AgreementWatch {

  /**
   * So many rounds after a certificate was shown, the header that it certifies is known, also where
   * not all rounds are: those that are built on it are.
   */
  private static final long KNOWN_AFTER = 3;

  private final Map<Committee, EraPlan> plans = new TreeMap<>();
  private final Map<Committee, TreeMap<Long, Hash>> certified = new TreeMap<>();
  // Only looked up in.
  private final Map<Committee, Set<Hash>> known = new TreeMap<>();
  // The newest round up to which there is a header of each.
  private final Map<Committee, Long> complete = new TreeMap<>();
  // The newest round of which somebody correct has signed a header.
  private final Map<Committee, Long> signed = new TreeMap<>();
  // By committee: headers with a certificate that was shown without them, and the newest round that
  // they can be of.
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
      known.put(plan.committee(), new HashSet<>());
    }
  }

  /** Somebody shows a certificate; whether it is one. */
  boolean shown(Committee committee, long round, Hash header, Certificate certificate) {
    var plan = plans.get(committee);
    var rounds = certified.get(committee);
    if (plan == null || rounds == null) {
      return false;
    }
    if (!CertificateCount.isEnough(certificate, header, plan, verifier)) {
      return false;
    }
    var before = rounds.putIfAbsent(round, header);
    if (before == null) {
      knows(committee, header);
    } else if (!before.equals(header) && !guilty.isCaptured(committee)) {
      violations.found(
          "AGREEMENT",
          "%s certified %s and %s in round %d".formatted(committee, before, header, round));
    }
    return true;
  }

  /** Somebody correct shows as certified what is not. */
  void uncertified(PublicKey who, String what) {
    violations.found("AGREEMENT", "%s shows %s with too few signatures".formatted(who, what));
  }

  /** A header becomes known, and with it perhaps that others never will. */
  private void knows(Committee committee, Hash header) {
    known.getOrDefault(committee, new HashSet<>()).add(header);
    var headers = alone.getOrDefault(committee, new TreeMap<>());
    headers.remove(header);
    var rounds = certified.getOrDefault(committee, new TreeMap<>());
    var upTo = complete.getOrDefault(committee, 0L);
    while (rounds.containsKey(upTo + 1)) {
      upTo++;
    }
    complete.put(committee, upTo);
    report(committee, upTo);
  }

  /** No header is certified but after somebody correct said that he signs one of its round. */
  void signed(Committee committee, long round) {
    signed.merge(committee, round, Math::max);
  }

  /** Somebody shows a certificate alone; which round it ends only its header could say. */
  void shown(Committee committee, Hash header, Certificate certificate) {
    var plan = plans.get(committee);
    var headers = alone.get(committee);
    if (plan != null
        && headers != null
        && !headers.containsKey(header)
        && !known.getOrDefault(committee, new HashSet<>()).contains(header)
        && CertificateCount.isEnough(certificate, header, plan, verifier)) {
      headers.put(header, Math.max(newest(committee), signed.getOrDefault(committee, 0L)));
    }
  }

  /**
   * Looks, when the network has come to rest, whether the headers of all certificates are known,
   * although not every round's are.
   */
  public void compare() {
    alone.keySet().forEach(committee -> report(committee, newest(committee) - KNOWN_AFTER));
  }

  /** Headers that can only be of rounds up to this one, whose headers are known, and are none. */
  private void report(Committee committee, long upTo) {
    var headers = alone.getOrDefault(committee, new TreeMap<>());
    headers
        .entrySet()
        .removeIf(
            one -> {
              var isNone = one.getValue() <= upTo;
              if (isNone && !guilty.isCaptured(committee)) {
                violations.found(
                    "AGREEMENT",
                    "%s certified %s, which nobody has".formatted(committee, one.getKey()));
              }
              return isNone;
            });
  }

  /** The newest round of which a certificate was shown. */
  public long newest(Committee committee) {
    var rounds = certified.get(committee);
    return rounds == null || rounds.isEmpty() ? 0 : rounds.lastKey();
  }
}
