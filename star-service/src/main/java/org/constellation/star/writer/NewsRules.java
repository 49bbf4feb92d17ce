package org.constellation.star.writer;

import java.util.HashMap;
import java.util.Optional;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.notice.Notice;
import org.constellation.star.transaction.Transaction;

/** What the network says, and what follows from it. */
final class NewsRules {

  /** A foreign star's proposal is believed this far ahead of its executed head. */
  private static final long AHEAD_MAX = 65_536;

  private NewsRules() {}

  static void apply(Command.News news, Batch batch) {
    switch (news) {
      case Command.Delivered(var segment) -> delivered(segment, batch);
      case Command.Promised(var halfBlocks) ->
          halfBlocks.forEach(halfBlock -> promised(halfBlock, batch));
      case Command.Refused refused -> refused(refused, batch);
      case Command.Unanswered(var ids) ->
          ids.forEach(
              id ->
                  batch.transaction(id).ifPresent(known -> Countersigning.consider(known, batch)));
      case Command.Executed block -> executed(block, batch);
    }
  }

  private static void delivered(Segment segment, Batch batch) {
    for (var halfBlock : segment.halfBlocks()) {
      if (halfBlock.body() instanceof Body.Proposal proposal
          && batch.party(proposal.counterparty()).isServed()) {
        var known = batch.transaction(halfBlock.id());
        if (known.isPresent()) {
          Countersigning.consider(known.get(), batch);
        } else if (isPlausible(segment, halfBlock, batch)) {
          Countersigning.consider(batch.propose(halfBlock, proposal), batch);
        }
      }
    }
  }

  /**
   * Whether a proposal of a star that others serve can be on its way into the ledger. What is
   * refused here, and becomes true, comes with the galaxy block that executes it.
   */
  private static boolean isPlausible(Segment segment, HalfBlock halfBlock, Batch batch) {
    var proposer = batch.party(segment.star());
    var record = batch.ledger().star(segment.star());
    if (proposer.isServed() || record.isEmpty() || !record.get().key().equals(segment.key())) {
      return false;
    }
    var limit =
        record.get().openHoldsMax() > 0
            ? record.get().openHoldsMax()
            : batch.parameters().openHoldsMax();
    var ahead = halfBlock.sequence() - record.get().sequence();
    return ahead >= 1 && ahead <= AHEAD_MAX && proposer.openProposals() < limit;
  }

  private static void promised(HalfBlock halfBlock, Batch batch) {
    switch (halfBlock.body()) {
      case Body.Proposal _ ->
          batch
              .transaction(halfBlock.id())
              .ifPresent(known -> batch.move(known, known.progress().withCertifiedProposal()));
      case Body.Agreement(var proposal) -> agreementSeen(halfBlock, proposal, batch);
      case Body.Refusal _,
          Body.Cancellation _,
          Body.AssetDefinition _,
          Body.ContractRegistration _,
          Body.CompositionRegistration _,
          Body.KeyChange _ -> {}
    }
  }

  private static void agreementSeen(HalfBlock agreement, Hash proposal, Batch batch) {
    batch
        .transaction(proposal)
        .filter(known -> known.counterparty().equals(agreement.star()))
        .ifPresent(known -> batch.move(known, known.progress().withCertifiedAgreement()));
  }

  /** Its segment is sent on until a galaxy block shows what stands there instead. */
  private static void refused(Command.Refused refused, Batch batch) {
    batch
        .loadedParty(refused.star())
        .filter(
            party ->
                party
                    .pendingAt(refused.sequence())
                    .filter(pending -> pending.id().equals(refused.halfBlock()))
                    .isPresent())
        .ifPresent(party -> batch.end(party, refused.sequence(), refused.reason(), 0));
  }

  private static void executed(Command.Executed block, Batch batch) {
    var outcomes = new HashMap<Hash, Outcome>();
    for (var receipt : block.receipts()) {
      if (receipt.outcome().advancesChain()) {
        // An agreement that waits and is met in one block has two receipts; the later one tells.
        outcomes.put(receipt.subject(), receipt.outcome());
      }
    }
    for (var halfBlock : block.halfBlocks()) {
      var outcome = outcomes.get(halfBlock.id());
      if (outcome != null) {
        placed(halfBlock, outcome, block.height(), batch);
      }
    }
    for (var receipt : block.receipts()) {
      transactionOf(receipt, batch)
          .ifPresent(known -> receipted(known, receipt, block.height(), batch));
    }
    for (var receipt : block.receipts()) {
      if (receipt.outcome() == Outcome.HELD || receipt.outcome() == Outcome.LAPSED) {
        transactionOf(receipt, batch).ifPresent(known -> Countersigning.consider(known, batch));
      }
    }
    for (var notice : block.notices()) {
      joined(notice, batch);
    }
    batch.changes().position(new Books.Position(block.height(), block.hash()));
  }

  /** A half-block that extends its chain now. */
  private static void placed(HalfBlock halfBlock, Outcome outcome, long height, Batch batch) {
    var party = batch.party(halfBlock.star());
    if (party.isServed()) {
      if (halfBlock.sequence() == party.served().headSequence() + 1) {
        // Its owner sent it another way.
        batch.take(party, halfBlock);
      } else if (party
          .pendingAt(halfBlock.sequence())
          .filter(own -> !own.id().equals(halfBlock.id()))
          .isPresent()) {
        batch.supersede(party, halfBlock, height);
      }
      batch.changes().outcome(halfBlock.star(), halfBlock.sequence(), outcome, height);
      party.executedUpTo(halfBlock.sequence());
      batch.changed(party);
    }
    switch (halfBlock.body()) {
      case Body.Proposal proposal -> {
        if (batch.transaction(halfBlock.id()).isEmpty()
            && (party.isServed() || batch.party(proposal.counterparty()).isServed())) {
          batch.propose(halfBlock, proposal);
        }
      }
      case Body.Agreement(var proposal) -> agreementSeen(halfBlock, proposal, batch);
      case Body.Refusal _,
          Body.Cancellation _,
          Body.AssetDefinition _,
          Body.ContractRegistration _,
          Body.CompositionRegistration _,
          Body.KeyChange _ -> {}
    }
  }

  private static Optional<Transaction> transactionOf(Receipt receipt, Batch batch) {
    return batch.transaction(receipt.concerned().orElse(receipt.subject()));
  }

  private static void receipted(Transaction known, Receipt receipt, long height, Batch batch) {
    if (isStrangers(receipt, known, batch)) {
      return;
    }
    var before = known.progress();
    var aboutProposal = receipt.subject().equals(known.id());
    var after =
        aboutProposal
            ? before.withReceiptForProposal(receipt.outcome(), height)
            : before.withReceiptForAnswer(receipt.outcome(), height);
    batch.move(known, after);
    if (aboutProposal && receipt.outcome().advancesChain() && before.agreed()) {
      batch.loadedParty(known.counterparty()).ifPresent(Party::earlyAgreementMet);
    }
    if (before.agreed() && !after.agreed()) {
      batch.loadedParty(known.counterparty()).ifPresent(Party::earlyAgreementMet);
    }
  }

  /**
   * Anybody's agreement to a proposal that the ledger does not know yet may wait there, and end.
   * That the counterparty's does was seen when its half-block was placed; that it waits no more
   * follows from the ledger.
   */
  private static boolean isStrangers(Receipt receipt, Transaction known, Batch batch) {
    return switch (receipt.outcome()) {
      case AGREEMENT_WAITING -> true;
      case LAPSED, TOO_MANY_WAITING, WITHDRAWN ->
          batch.ledger().waiting(known.id(), known.counterparty()).isPresent()
              || batch
                  .loadedParty(known.counterparty())
                  .filter(party -> party.pendingAbout(known.id()) > 0)
                  .isPresent();
      default -> false;
    };
  }

  private static void joined(Notice notice, Batch batch) {
    if (notice.payload() instanceof Notice.Join) {
      batch
          .loadedParty(notice.star())
          .filter(party -> party.isServed() && !party.served().homed())
          .filter(party -> batch.ledger().star(party.star()).isPresent())
          .ifPresent(batch::gotHome);
    }
  }
}
