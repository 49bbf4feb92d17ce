package org.constellation.protocol.execution;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.Hold;
import org.constellation.protocol.state.LedgerEdit;
import org.constellation.protocol.state.ProposalRecord.Amount;

/**
 * Moves value. An issuer needs no balance of its own asset and keeps none: what it gives is issued
 * at the moment of settlement, what it receives is burnt. No balance can overflow, since none
 * exceeds its asset's supply, and that is checked.
 */
final class Holdings {

  private final LedgerEdit edit;

  Holdings(LedgerEdit edit) {
    this.edit = edit;
  }

  /** Legs of one direction and asset, added up. */
  sealed interface Merged {
    record Amounts(List<Amount> gives, List<Amount> takes) implements Merged {}

    record Overflow() implements Merged {}
  }

  static Merged merge(List<Leg> legs) {
    var gives = new TreeMap<AssetId, Long>();
    var takes = new TreeMap<AssetId, Long>();
    for (var leg : legs) {
      var amounts =
          switch (leg.direction()) {
            case GIVE -> gives;
            case TAKE -> takes;
          };
      var sum = amounts.merge(leg.asset(), leg.amount(), Long::sum);
      if (sum < 0) {
        return new Merged.Overflow();
      }
    }
    return new Merged.Amounts(listed(gives), listed(takes));
  }

  private static List<Amount> listed(SortedMap<AssetId, Long> amounts) {
    return amounts.entrySet().stream()
        .map(amount -> new Amount(amount.getKey(), amount.getValue()))
        .toList();
  }

  /** Takes what the proposer gives out of its balances: all of it, or nothing with the reason. */
  Optional<Outcome> hold(Hold hold) {
    for (var take : hold.takes()) {
      if (edit.asset(take.asset()).isEmpty()) {
        return Optional.of(Outcome.UNKNOWN_ASSET);
      }
    }
    for (var give : hold.gives()) {
      if (edit.asset(give.asset()).isEmpty()) {
        return Optional.of(Outcome.UNKNOWN_ASSET);
      }
    }
    if (!has(hold.proposer(), hold.gives())) {
      return Optional.of(Outcome.INSUFFICIENT_FUNDS);
    }
    debit(hold.proposer(), hold.gives());
    return Optional.empty();
  }

  /** Gives back what {@link #hold} took. */
  void release(Hold hold) {
    credit(hold.proposer(), hold.gives());
  }

  /** Moves all amounts, or nothing with the reason. */
  Optional<Outcome> settle(Hold hold) {
    if (!has(hold.counterparty(), hold.takes())) {
      return Optional.of(Outcome.INSUFFICIENT_FUNDS);
    }
    var growth = new TreeMap<AssetId, Long>();
    addGrowth(growth, hold.gives(), hold.proposer(), hold.counterparty());
    addGrowth(growth, hold.takes(), hold.counterparty(), hold.proposer());
    for (var asset : growth.entrySet()) {
      var more = asset.getValue();
      var supply = edit.asset(asset.getKey()).orElseThrow().supply();
      if (more > 0 && supply > Long.MAX_VALUE - more) {
        return Optional.of(Outcome.AMOUNT_OVERFLOW);
      }
    }
    growth.forEach(
        (asset, more) -> {
          var known = edit.asset(asset).orElseThrow();
          edit.put(asset, known.withSupply(known.supply() + more));
        });
    debit(hold.counterparty(), hold.takes());
    credit(hold.proposer(), hold.takes());
    credit(hold.counterparty(), hold.gives());
    return Optional.empty();
  }

  /** By how much the supply grows, which is negative where more is burnt than issued. */
  private void addGrowth(
      SortedMap<AssetId, Long> growth, List<Amount> amounts, StarId giver, StarId receiver) {
    for (var amount : amounts) {
      if (isIssuer(giver, amount.asset())) {
        growth.merge(amount.asset(), amount.amount(), Math::addExact);
      } else if (isIssuer(receiver, amount.asset())) {
        growth.merge(amount.asset(), -amount.amount(), Math::addExact);
      }
    }
  }

  private boolean has(StarId star, List<Amount> amounts) {
    for (var amount : amounts) {
      if (!isIssuer(star, amount.asset()) && edit.balance(star, amount.asset()) < amount.amount()) {
        return false;
      }
    }
    return true;
  }

  private void debit(StarId star, List<Amount> amounts) {
    for (var amount : amounts) {
      if (!isIssuer(star, amount.asset())) {
        var balance = edit.balance(star, amount.asset());
        edit.setBalance(star, amount.asset(), Math.subtractExact(balance, amount.amount()));
      }
    }
  }

  private void credit(StarId star, List<Amount> amounts) {
    for (var amount : amounts) {
      if (!isIssuer(star, amount.asset())) {
        var balance = edit.balance(star, amount.asset());
        edit.setBalance(star, amount.asset(), Math.addExact(balance, amount.amount()));
      }
    }
  }

  private boolean isIssuer(StarId star, AssetId asset) {
    return edit.asset(asset).orElseThrow().issuer().equals(star);
  }
}
