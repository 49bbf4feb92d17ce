package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.star.StarId;
import org.constellation.simulation.watch.LedgerWatch;

/**
 * CONSENT: what users have asked for, whatever they were answered. Beside that a service signs for
 * their stars nothing but agreements to what costs them nothing.
 */
final class Consent {

  private final Map<StarId, Set<Wish>> wishes = new TreeMap<>();
  // By proposals that are not executed yet: who agreed to them, and nobody asked it to.
  private final Map<Hash, Set<StarId>> early = new TreeMap<>();

  /** As much of a half-block as its user decides. */
  private sealed interface Wish {}

  private record Offer(StarId to, List<Leg> legs) implements Wish {}

  private record Says(Body body) implements Wish {}

  private record NewKey(PublicKey key) implements Wish {}

  void toPropose(StarId star, StarId to, List<Leg> legs) {
    wishes(star).add(new Offer(to, legs));
  }

  void toSay(StarId star, Body body) {
    wishes(star).add(new Says(body));
  }

  void toChangeKey(StarId star, PublicKey key) {
    wishes(star).add(new NewKey(key));
  }

  private Set<Wish> wishes(StarId star) {
    return wishes.computeIfAbsent(star, _ -> new HashSet<>());
  }

  /**
   * What nobody asked for of what the ledger has since this half-block was executed.
   *
   * @param isServed whether its star is a user's
   */
  List<String> missing(HalfBlock executed, boolean isServed, LedgerWatch ledger) {
    var missing = new ArrayList<String>();
    var agreed = early.remove(executed.id());
    if (agreed != null) {
      agreed.forEach(star -> check(star, new Body.Agreement(executed.id()), ledger, missing));
    }
    if (isServed) {
      check(executed.star(), executed.body(), ledger, missing);
    }
    return missing;
  }

  private void check(StarId star, Body body, LedgerWatch ledger, List<String> missing) {
    if (wishes(star).contains(wish(body))) {
      return;
    }
    if (body instanceof Body.Agreement(Hash proposal) && ledger.proposal(proposal).isEmpty()) {
      early.computeIfAbsent(proposal, _ -> new TreeSet<>()).add(star);
    } else if (!isFree(body, ledger)) {
      missing.add(unasked(star, body));
    }
  }

  private static String unasked(StarId star, Body body) {
    return "nobody asked %s for %s".formatted(star, body);
  }

  /** What a star has said in the ledger and nobody asked it to. */
  List<String> missing(StarId star, LedgerWatch ledger) {
    var missing = new ArrayList<String>();
    for (var body : ledger.said(star)) {
      if (!wishes(star).contains(wish(body)) && !isFree(body, ledger)) {
        missing.add(unasked(star, body));
      }
    }
    return missing;
  }

  private static Wish wish(Body body) {
    return switch (body) {
      case Body.Proposal proposal -> new Offer(proposal.counterparty(), proposal.legs());
      case Body.KeyChange(var key, _) -> new NewKey(key);
      case Body.Agreement _,
          Body.Refusal _,
          Body.Cancellation _,
          Body.AssetDefinition _,
          Body.ContractRegistration _,
          Body.CompositionRegistration _ ->
          new Says(body);
    };
  }

  /** Of a proposal that was never executed nobody knows what it would have cost. */
  private static boolean isFree(Body body, LedgerWatch ledger) {
    return body instanceof Body.Agreement(Hash proposal)
        && ledger.proposal(proposal).map(Body.Proposal::legs).orElse(List.of()).stream()
            .allMatch(leg -> leg.direction() == Leg.Direction.GIVE);
  }
}
