package org.constellation.protocol.execution;

import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.notice.Notice;

/**
 * How execution learns whether something is signed. All checks of one block must agree with {@link
 * #verifying}: an implementation may remember what was verified, or rely on a certificate by whose
 * making n-f members verified, but never guess.
 */
public interface SegmentCheck {

  /** Whether a segment's signature is that of the key it names. */
  boolean isSigned(Segment segment);

  /** Whether a notice's signature is that of the key it names. */
  boolean isSigned(Notice notice);

  /**
   * For proofs of possession and evidence: what they show decides about an effect, so they are
   * checked by everybody.
   */
  SignatureVerifier verifier();

  /** Checks every signature. */
  static SegmentCheck verifying(SignatureVerifier verifier) {
    return new SegmentCheck() {
      @Override
      public boolean isSigned(Segment segment) {
        return segment.isSignedBy(verifier);
      }

      @Override
      public boolean isSigned(Notice notice) {
        return notice.isSignedBy(verifier);
      }

      @Override
      public SignatureVerifier verifier() {
        return verifier;
      }
    };
  }

  /**
   * For a block with a galaxy certificate: its signers admitted no segment and no notice without
   * checking its signature.
   */
  static SegmentCheck certified(SignatureVerifier verifier) {
    return new SegmentCheck() {
      @Override
      public boolean isSigned(Segment segment) {
        return true;
      }

      @Override
      public boolean isSigned(Notice notice) {
        return true;
      }

      @Override
      public SignatureVerifier verifier() {
        return verifier;
      }
    };
  }
}
