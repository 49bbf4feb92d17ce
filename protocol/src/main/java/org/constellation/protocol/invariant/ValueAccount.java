package org.constellation.protocol.invariant;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;

/** CONSERVATION: who should have what, from the legs of what was held, released and settled. */
final class ValueAccount {

  private record Holding(StarId star, AssetId asset) {}

  private record Offer(StarId proposer, Body.Proposal proposal) {}

  private final Map<AssetId, StarId> issuers = new HashMap<>();
  private final Map<AssetId, BigInteger> supplies = new HashMap<>();
  private final Map<Holding, BigInteger> holdings = new HashMap<>();
  private final Map<Hash, Offer> held = new HashMap<>();

  ValueAccount(Genesis genesis) {
    for (var star : genesis.stars()) {
      change(star.star(), AssetId.NO0S, star.balance());
      supplies.merge(AssetId.NO0S, BigInteger.valueOf(star.balance()), BigInteger::add);
    }
  }

  void follow(Map<Hash, HalfBlock> written, List<Receipt> receipts, List<Violation> violations) {
    for (var receipt : receipts) {
      var halfBlock = written.get(receipt.subject());
      if (receipt.outcome() == Outcome.RECORDED
          && halfBlock != null
          && halfBlock.body() instanceof Body.AssetDefinition) {
        issuers.put(new AssetId(halfBlock.id()), halfBlock.star());
      } else if (receipt.outcome() == Outcome.HELD
          && halfBlock != null
          && halfBlock.body() instanceof Body.Proposal proposal) {
        hold(halfBlock.id(), new Offer(halfBlock.star(), proposal), violations);
      } else if (receipt.outcome() == Outcome.SETTLED) {
        settle(receipt.transaction(), violations);
      } else if (receipt.outcome() == Outcome.REFUSED
          || receipt.outcome() == Outcome.CANCELLED
          || receipt.outcome() == Outcome.EXPIRED
          || receipt.outcome() == Outcome.TOO_MANY_HOLDS) {
        release(receipt.transaction());
      }
    }
  }

  private void hold(Hash transaction, Offer offer, List<Violation> violations) {
    held.put(transaction, offer);
    for (var leg : offer.proposal().legs()) {
      if (leg.direction() == Leg.Direction.GIVE) {
        spend(offer.proposer(), leg, violations);
      }
    }
  }

  private void release(Hash transaction) {
    var offer = held.remove(transaction);
    if (offer != null) {
      for (var leg : offer.proposal().legs()) {
        if (leg.direction() == Leg.Direction.GIVE) {
          change(offer.proposer(), leg.asset(), leg.amount());
        }
      }
    }
  }

  private void settle(Hash transaction, List<Violation> violations) {
    var offer = held.remove(transaction);
    if (offer == null) {
      violations.add(violation("transaction " + transaction + " moves what is not held"));
      return;
    }
    var proposer = offer.proposer();
    var counterparty = offer.proposal().counterparty();
    for (var leg : offer.proposal().legs()) {
      if (leg.direction() == Leg.Direction.TAKE) {
        spend(counterparty, leg, violations);
      }
    }
    for (var leg : offer.proposal().legs()) {
      var gives = leg.direction() == Leg.Direction.GIVE;
      var giver = gives ? proposer : counterparty;
      var receiver = gives ? counterparty : proposer;
      change(receiver, leg.asset(), leg.amount());
      if (giver.equals(issuers.get(leg.asset()))) {
        supplies.merge(leg.asset(), BigInteger.valueOf(leg.amount()), BigInteger::add);
      } else if (receiver.equals(issuers.get(leg.asset()))) {
        supplies.merge(leg.asset(), BigInteger.valueOf(-leg.amount()), BigInteger::add);
      }
    }
  }

  private void spend(StarId star, Leg leg, List<Violation> violations) {
    change(star, leg.asset(), -leg.amount());
    if (holding(star, leg.asset()).signum() < 0) {
      violations.add(violation(star + " gives more than it has of " + leg.asset()));
    }
  }

  /** An issuer has no balance of its own asset. */
  private void change(StarId star, AssetId asset, long more) {
    if (!star.equals(issuers.get(asset))) {
      holdings.merge(new Holding(star, asset), BigInteger.valueOf(more), BigInteger::add);
    }
  }

  private BigInteger holding(StarId star, AssetId asset) {
    return holdings.getOrDefault(new Holding(star, asset), BigInteger.ZERO);
  }

  /** Balances one by one, and for each asset balances and holds against what was issued. */
  void compare(LedgerState state, List<Violation> violations) {
    var sums = new TreeMap<AssetId, BigInteger>();
    state
        .balances()
        .forEach(
            balance -> {
              var amount = BigInteger.valueOf(balance.amount());
              sums.merge(balance.asset(), amount, BigInteger::add);
              if (!amount.equals(holding(balance.star(), balance.asset()))) {
                violations.add(
                    violation(balance.star() + " has " + amount + " of " + balance.asset()));
              }
            });
    state
        .holds()
        .forEach(
            hold -> {
              for (var give : hold.gives()) {
                if (!hold.proposer().equals(issuers.get(give.asset()))) {
                  sums.merge(give.asset(), BigInteger.valueOf(give.amount()), BigInteger::add);
                }
              }
            });
    for (var asset : supplies.entrySet()) {
      var sum = sums.getOrDefault(asset.getKey(), BigInteger.ZERO);
      var recorded = state.asset(asset.getKey()).orElseThrow().supply();
      if (!sum.equals(asset.getValue()) || !sum.equals(BigInteger.valueOf(recorded))) {
        violations.add(
            violation(
                "%s: %s held, %s issued, %d recorded"
                    .formatted(asset.getKey(), sum, asset.getValue(), recorded)));
      }
    }
  }

  private static Violation violation(String detail) {
    return new Violation(Violation.Invariant.CONSERVATION, detail);
  }
}
