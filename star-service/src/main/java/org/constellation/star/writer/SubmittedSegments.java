package org.constellation.star.writer;

import java.util.Map;
import java.util.Optional;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.star.StarError;
import org.constellation.star.writer.Command.Accepted;

/** Segments that owners signed themselves: they extend the chain exactly, or they are refused. */
final class SubmittedSegments {

  private SubmittedSegments() {}

  static Accepted submit(Segment segment, Batch batch) {
    var party = batch.party(segment.star());
    if (!party.isServed()) {
      throw StarError.UNKNOWN_STAR.because("This service has no account of that star.");
    }
    if (party.isCustodial()) {
      throw StarError.SERVICE_SIGNS.because("This service keeps that star's key and signs for it.");
    }
    var head = party.served().headSequence();
    if (segment.first().sequence() > head + 1) {
      throw new RequestRejected(
          StarError.GAP,
          "The star's next half-block has sequence " + (head + 1) + ".",
          Map.of("nextSequence", head + 1));
    }
    requireSameAsKnown(segment, party, batch);
    if (segment.last().sequence() <= head) {
      return accepted(segment);
    }
    var news = segment.from(head + 1);
    requireRightKeys(news, party);
    if (batch.ledger().star(party.star()).isEmpty()) {
      throw StarError.STAR_WITHOUT_HOME.because(
          "No galaxy block has given this star a home yet; try again in a moment.");
    }
    RequestRules.requireRoom(party, proposalsIn(news), batch);
    for (var halfBlock : news.halfBlocks()) {
      batch.take(party, halfBlock);
      switch (halfBlock.body()) {
        case Body.Proposal proposal -> {
          if (batch.transaction(halfBlock.id()).isEmpty()) {
            batch.propose(halfBlock, proposal);
          }
        }
        case Body.Agreement(var proposal) ->
            batch
                .transaction(proposal)
                .filter(transaction -> transaction.counterparty().equals(party.star()))
                .ifPresent(
                    transaction -> batch.move(transaction, transaction.progress().withAgreement()));
        case Body.Refusal _,
            Body.Cancellation _,
            Body.AssetDefinition _,
            Body.ContractRegistration _,
            Body.CompositionRegistration _,
            Body.KeyChange _ -> {}
      }
    }
    batch.send(news);
    return accepted(segment);
  }

  private static int proposalsIn(Segment segment) {
    return (int)
        segment.halfBlocks().stream().filter(one -> one.body() instanceof Body.Proposal).count();
  }

  /** What a caller gets to know: the transaction of the last half-block, or its own id. */
  private static Accepted accepted(Segment segment) {
    return new Accepted(segment.last().id(), segment.last().sequence());
  }

  private static void requireSameAsKnown(Segment segment, Party party, Batch batch) {
    var account = party.served();
    var from = segment.first().sequence();
    var executed = Math.min(segment.last().sequence(), account.executedSequence());
    var known =
        from <= executed
            ? batch.books().halfBlockIds(party.star(), from, executed)
            : Map.<Long, Hash>of();
    var forked = false;
    for (var halfBlock : segment.halfBlocks()) {
      var other =
          party
              .pendingAt(halfBlock.sequence())
              .map(Books.Pending::id)
              .or(() -> Optional.ofNullable(known.get(halfBlock.sequence())));
      forked |= other.isPresent() && !other.get().equals(halfBlock.id());
    }
    if (from == account.headSequence() + 1) {
      forked |= !segment.first().previous().equals(account.headId());
    }
    if (forked) {
      if (!segment.key().equals(account.signingKey())) {
        throw StarError.WRONG_KEY.because("Another key signs for this star now.");
      }
      batch.fork(segment);
      throw StarError.FORK.because(
          "Another half-block stands at one of these sequences; the star's cluster is told.");
    }
  }

  private static void requireRightKeys(Segment news, Party party) {
    if (!news.key().equals(party.served().signingKey())) {
      throw StarError.WRONG_KEY.because("Another key signs for this star now.");
    }
    for (var halfBlock : news.halfBlocks()) {
      if (halfBlock.body() instanceof Body.KeyChange
          && halfBlock.sequence() != news.last().sequence()) {
        throw StarError.KEY_CHANGE_NOT_LAST.because(
            "A key change ends its segment: the new key signs what follows.");
      }
    }
  }
}
