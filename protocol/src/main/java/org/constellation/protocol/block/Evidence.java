package org.constellation.protocol.block;

import java.util.List;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.envelope.SignedMessage;

/** Two statements of which an honest signer makes at most one. */
public sealed interface Evidence {

  /**
   * Two half-blocks of one star at one sequence, each the first of a signed segment. A second
   * signature over the same half-block is no fork: ids cover bodies only.
   */
  record Fork(Segment first, Segment second) implements Evidence {}

  /** Two values of one member in one slot. */
  record DoubleVote(SignedMessage first, SignedMessage second) implements Evidence {}

  /**
   * Two headers of one committee's round, each with a certificate of its own. Two certificates for
   * one header are no evidence, whoever signed them.
   */
  record TwoHeaders(CertifiedHead first, CertifiedHead second) implements Evidence {

    /** Whether nobody may sign both; whose signatures stand there is another question. */
    public boolean contradict() {
      return first.network().equals(second.network())
          && first.committee().equals(second.committee())
          && first.era() == second.era()
          && first.round() == second.round()
          && !first.hash().equals(second.hash());
    }

    /** Indexes of the members that both certificates name, ascending. */
    public List<Integer> namedInBoth() {
      var others = named(second.certificate());
      return named(first.certificate()).stream().filter(others::contains).toList();
    }

    private static List<Integer> named(Certificate certificate) {
      return certificate.signatures().stream().map(Certificate.MemberSignature::member).toList();
    }
  }
}
