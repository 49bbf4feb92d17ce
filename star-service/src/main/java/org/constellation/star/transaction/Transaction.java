package org.constellation.star.transaction;

import java.time.Instant;
import java.util.List;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.jspecify.annotations.Nullable;

/**
 * A transaction with what is known of it.
 *
 * @param id of its proposal's half-block
 * @param sequence of the proposal in its proposer's chain
 * @param legs as the proposer wrote them
 * @param memo the proposer's words, or the method of a contract call
 * @param validUntil last tick in which an agreement takes effect
 * @param proposedAt when this service first saw it, by its own clock; of no meaning to the ledger
 * @param change place of the latest change in the service's feed, 0 before it is stored
 */
public record Transaction(
    Hash id,
    StarId proposer,
    long sequence,
    StarId counterparty,
    List<Leg> legs,
    String memo,
    long validUntil,
    Instant proposedAt,
    Progress progress,
    long change) {

  public Transaction {
    legs = List.copyOf(legs);
  }

  /** A new one, from the half-block that proposes it. */
  public static Transaction proposedBy(HalfBlock halfBlock, Body.Proposal proposal, Instant now) {
    return new Transaction(
        halfBlock.id(),
        halfBlock.star(),
        halfBlock.sequence(),
        proposal.counterparty(),
        proposal.legs(),
        words(proposal.purpose()),
        proposal.validUntil(),
        now,
        Progress.PROPOSED,
        0);
  }

  /** The transaction that a half-block proposes or answers; null for none. */
  public static @Nullable Hash concernedBy(HalfBlock halfBlock) {
    return switch (halfBlock.body()) {
      case Body.Proposal _ -> halfBlock.id();
      case Body.Agreement(var proposal) -> proposal;
      case Body.Refusal(var proposal) -> proposal;
      case Body.Cancellation(var proposal) -> proposal;
      case Body.AssetDefinition _,
          Body.ContractRegistration _,
          Body.CompositionRegistration _,
          Body.KeyChange _ ->
          null;
    };
  }

  private static String words(Body.Purpose purpose) {
    return switch (purpose) {
      case Body.Memo memo -> memo.text();
      case Body.ContractCall call -> call.method();
    };
  }

  /** How far it has come. */
  public TransactionStatus status() {
    return progress.status();
  }

  /** The counterparty would part with something. */
  public boolean takesFromCounterparty() {
    return legs.stream().anyMatch(leg -> leg.direction() == Leg.Direction.TAKE);
  }

  /** Has this star a part in it? */
  public boolean concerns(StarId star) {
    return proposer.equals(star) || counterparty.equals(star);
  }

  /** The same one, further on. */
  public Transaction with(Progress progress) {
    return new Transaction(
        id, proposer, sequence, counterparty, legs, memo, validUntil, proposedAt, progress, change);
  }

  /** The same one at its place in the feed. */
  public Transaction changedAt(long change) {
    return new Transaction(
        id, proposer, sequence, counterparty, legs, memo, validUntil, proposedAt, progress, change);
  }
}
