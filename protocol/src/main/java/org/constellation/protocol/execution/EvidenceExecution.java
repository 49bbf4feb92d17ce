package org.constellation.protocol.execution;

import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.VoteCodec;

/**
 * Convicts who signed two things of which an honest signer signs at most one. Evidence that does
 * not prove that has no effect and no receipt, nor has a second conviction for the same.
 */
final class EvidenceExecution {

  private final BlockContext block;

  EvidenceExecution(BlockContext block) {
    this.block = block;
  }

  void execute(Evidence evidence) {
    switch (evidence) {
      case Evidence.Fork fork -> mark(fork);
      case Evidence.DoubleVote doubleVote -> convict(doubleVote);
    }
  }

  /**
   * Two half-blocks at one sequence, under the key valid there. A sequence beyond the next one has
   * no key yet, so such evidence must wait.
   */
  private void mark(Evidence.Fork fork) {
    var one = fork.first().first();
    var other = fork.second().first();
    var known = block.edit.star(one.star());
    if (known.isEmpty()
        || known.get().forked()
        || !one.star().equals(other.star())
        || !one.network().equals(block.network())
        || !other.network().equals(block.network())
        || one.sequence() != other.sequence()
        || one.sequence() < 1
        || one.sequence() > known.get().sequence() + 1
        || one.id().equals(other.id())) {
      return;
    }
    var key = block.edit.keyAt(one.star(), one.sequence());
    var verifier = block.checks.verifier();
    if (fork.first().key().equals(key)
        && fork.second().key().equals(key)
        && fork.first().isSignedBy(verifier)
        && fork.second().isSignedBy(verifier)) {
      block.edit.put(one.star(), known.get().marked());
      block.tell(other.id(), Outcome.FORK);
    }
  }

  /**
   * Two values of one member in one slot. Only the era in force has its members in the state, so
   * evidence of an older one comes too late.
   */
  private void convict(Evidence.DoubleVote doubleVote) {
    var header = doubleVote.first().header();
    var other = doubleVote.second().header();
    if (!header.network().equals(block.network())
        || !other.network().equals(block.network())
        || !header.committee().equals(other.committee())
        || header.era() != other.era()
        || !header.sender().equals(other.sender())
        || !isMember(header)
        || !VoteCodec.contradict(doubleVote.first().message(), doubleVote.second().message())
        || !EnvelopeCodec.isSigned(doubleVote.first(), block.checks.verifier())
        || !EnvelopeCodec.isSigned(doubleVote.second(), block.checks.verifier())) {
      return;
    }
    if (block.edit.convict(header.committee(), header.era(), header.sender(), block.height())) {
      block.tell(
          convictionId(header.committee(), header.era(), header.sender()), Outcome.DOUBLE_VOTE);
    }
  }

  /** What names a conviction in its receipt. */
  static Hash convictionId(Committee committee, long era, PublicKey operationalKey) {
    return Hashing.tagged("CSTL-V1-CONVICTION")
        .number(committee.layer().code())
        .number(committee.cluster())
        .number(era)
        .key(operationalKey)
        .finish();
  }

  private boolean isMember(Envelope.Header header) {
    return block
        .edit
        .eraPlan(header.committee())
        .filter(plan -> plan.era() == header.era())
        .filter(plan -> plan.hasSeat(header.sender()))
        .isPresent();
  }
}
