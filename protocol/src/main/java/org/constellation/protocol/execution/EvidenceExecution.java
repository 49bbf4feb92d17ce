package org.constellation.protocol.execution;

import java.util.Optional;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.proof.CertificateCheck;
import org.constellation.protocol.state.StateEntry;
import org.constellation.protocol.wire.SelfContradiction;

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
      case Evidence.TwoHeaders headers -> convict(headers);
    }
  }

  /**
   * Two half-blocks at one sequence, under the key valid there. A sequence beyond the next one has
   * no key yet, so such evidence must wait.
   */
  private void mark(Evidence.Fork fork) {
    var one = fork.first().first();
    var known = block.edit.star(one.star());
    if (known.isEmpty()
        || known.get().forked()
        || one.sequence() < 1
        || one.sequence() > known.get().sequence() + 1
        || !fork.first().key().equals(block.edit.keyAt(one.star(), one.sequence()))
        || !SelfContradiction.isShown(fork, block.network(), block.checks.verifier())) {
      return;
    }
    block.edit.put(one.star(), known.get().marked());
    block.tell(fork.second().first().id(), Outcome.FORK);
  }

  /**
   * Two values of one member in one slot. Only the era in force has its members in the state, so
   * evidence of an older one comes too late.
   */
  private void convict(Evidence.DoubleVote doubleVote) {
    if (SelfContradiction.isShown(doubleVote, block.network(), block.checks.verifier())) {
      var header = doubleVote.first().header();
      planInForce(header.committee(), header.era())
          .ifPresent(
              plan ->
                  plan.seat(header.sender())
                      .ifPresent(member -> convict(plan, member, Outcome.DOUBLE_VOTE)));
    }
  }

  /**
   * Two headers that a committee certified for one round: whoever signed both is guilty. Who signed
   * one of them only may have been deceived by the others.
   */
  private void convict(Evidence.TwoHeaders headers) {
    var first = headers.first();
    if (!first.network().equals(block.network())) {
      return;
    }
    planInForce(first.committee(), first.era())
        .ifPresent(
            plan ->
                CertificateCheck.signersOfBoth(headers, plan, block.checks.verifier())
                    .forEach(
                        index -> convict(plan, plan.members().get(index), Outcome.TWO_HEADERS)));
  }

  private void convict(EraPlan plan, CommitteeMember member, Outcome offence) {
    if (block.edit.convict(plan, member, block.height())) {
      block.tell(
          StateEntry.Conviction.idOf(plan.committee(), plan.era(), member.operationalKey()),
          offence);
    }
  }

  private Optional<EraPlan> planInForce(Committee committee, long era) {
    return block.edit.eraPlan(committee).filter(plan -> plan.era() == era);
  }
}
