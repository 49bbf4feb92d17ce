package org.constellation.protocol.proof;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;

/**
 * Whether a committee certified a header. Stricter than n-f good signatures among others: one bad
 * signature spoils a certificate, so that nobody can pass on a good one with rubbish attached.
 */
public final class CertificateCheck {

  private CertificateCheck() {}

  /** What a check finds. */
  public sealed interface Verdict {}

  /**
   * At least n-f members signed.
   *
   * @param signers their indexes, ascending
   */
  public record Certified(List<Integer> signers) implements Verdict {
    public Certified {
      signers = List.copyOf(signers);
    }
  }

  /**
   * It proves nothing.
   *
   * @param member index that the certificate names where the fault lies with one, else -1
   */
  public record Refused(Reason reason, int member) implements Verdict {}

  /** Why a certificate proves nothing. */
  public enum Reason {
    /** Fewer signatures than n-f. */
    TOO_FEW_SIGNATURES,
    /** An index that the committee does not have. */
    UNKNOWN_MEMBER,
    /** A signature that is not the member's over this header. */
    BAD_SIGNATURE
  }

  /**
   * Who signed both of two contradicting headers that {@code committee} certified: more than f
   * members, by ascending index. Nobody, unless both certificates are good and of the plan's era.
   */
  public static List<Integer> signersOfBoth(
      Evidence.TwoHeaders headers, EraPlan committee, SignatureVerifier verifier) {
    var first = headers.first();
    var second = headers.second();
    return headers.contradict()
            && first.committee().equals(committee.committee())
            && first.era() == committee.era()
            && check(first.certificate(), first.hash(), committee, verifier) instanceof Certified
            && check(second.certificate(), second.hash(), committee, verifier) instanceof Certified
        ? headers.namedInBoth()
        : List.of();
  }

  /** Checks every signature; the cheap checks come first. */
  public static Verdict check(
      Certificate certificate, Hash headerHash, EraPlan committee, SignatureVerifier verifier) {
    var members = committee.members();
    if (certificate.signatures().size() < committee.quorum()) {
      return new Refused(Reason.TOO_FEW_SIGNATURES, -1);
    }
    // Signatures ascend by member, so the last has the highest index, and none comes twice.
    var highest = certificate.signatures().getLast().member();
    if (certificate.signatures().getFirst().member() < 0 || highest >= members.size()) {
      return new Refused(Reason.UNKNOWN_MEMBER, highest);
    }
    var message = Certificate.signedMessage(headerHash);
    var signers = new ArrayList<Integer>();
    for (var signature : certificate.signatures()) {
      var key = members.get(signature.member()).operationalKey();
      if (!verifier.verify(key, message, signature.signature())) {
        return new Refused(Reason.BAD_SIGNATURE, signature.member());
      }
      signers.add(signature.member());
    }
    return new Certified(signers);
  }
}
