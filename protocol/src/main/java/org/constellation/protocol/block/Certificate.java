package org.constellation.protocol.block;

import java.util.List;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.Signature;

/**
 * Signatures of n-f members over one header. Two certificates for different headers of one round
 * share more than f signers, all of them guilty.
 *
 * @param signatures by ascending member index, no index twice
 */
public record Certificate(List<MemberSignature> signatures) {

  public Certificate {
    signatures = List.copyOf(signatures);
    if (signatures.size() > EraPlan.MEMBERS_MAX) {
      throw new IllegalArgumentException("no committee has " + signatures.size() + " members");
    }
    for (var i = 1; i < signatures.size(); i++) {
      if (signatures.get(i - 1).member() >= signatures.get(i).member()) {
        throw new IllegalArgumentException("signatures ascend by member");
      }
    }
  }

  /**
   * @param member index in the committee
   * @param signature by its operational key over {@link Certificate#signedMessage}
   */
  public record MemberSignature(int member, Signature signature) {}

  /** The 32 bytes that a member signs for a header. */
  public static byte[] signedMessage(Hash headerHash) {
    return Hashing.tagged("CSTL-V1-CERTIFY").hash(headerHash).finish().toBytes();
  }
}
