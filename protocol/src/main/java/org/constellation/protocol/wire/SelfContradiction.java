package org.constellation.protocol.wire;

import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;

/**
 * Whether a piece of evidence shows by itself that one key signed two things of which an honest
 * signer signs at most one. Whose key that is, and whether it was in force, is another question.
 */
public final class SelfContradiction {

  private SelfContradiction() {}

  /** Whether a fork or a double vote does; two headers show nothing without their committee. */
  static boolean isShown(Evidence evidence, Hash network, SignatureVerifier verifier) {
    return switch (evidence) {
      case Evidence.Fork fork -> isShown(fork, network, verifier);
      case Evidence.DoubleVote doubleVote -> isShown(doubleVote, network, verifier);
      case Evidence.TwoHeaders _ -> false;
    };
  }

  /** Whether one key signed two half-blocks of one star at one sequence. */
  public static boolean isShown(Evidence.Fork fork, Hash network, SignatureVerifier verifier) {
    var one = fork.first().first();
    var other = fork.second().first();
    return one.network().equals(network)
        && other.network().equals(network)
        && one.star().equals(other.star())
        && one.sequence() == other.sequence()
        && !one.id().equals(other.id())
        && fork.first().key().equals(fork.second().key())
        && fork.first().isSignedBy(verifier)
        && fork.second().isSignedBy(verifier);
  }

  /** Whether one key signed two values in one slot of one committee's era. */
  public static boolean isShown(
      Evidence.DoubleVote doubleVote, Hash network, SignatureVerifier verifier) {
    var one = doubleVote.first().header();
    var other = doubleVote.second().header();
    return one.network().equals(network)
        && other.network().equals(network)
        && one.committee().equals(other.committee())
        && one.era() == other.era()
        && one.sender().equals(other.sender())
        && VoteCodec.contradict(doubleVote.first().message(), doubleVote.second().message())
        && EnvelopeCodec.isSigned(doubleVote.first(), verifier)
        && EnvelopeCodec.isSigned(doubleVote.second(), verifier);
  }
}
