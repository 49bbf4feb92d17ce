package org.constellation.star.transaction.web;

import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.star.StarError;
import org.constellation.star.api.Inputs;
import org.constellation.star.transaction.Legs;
import org.constellation.star.writer.Command;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a caller proposes. Either {@code legs}, or {@code amount} of {@code asset} whose direction
 * {@code type} gives; an exchange has legs, and what is issued or redeemed an amount.
 *
 * @param type {@code pay} (also where nothing is said), {@code request}, {@code exchange}, {@code
 *     issue} or {@code redeem}
 * @param to may be missing when redeeming: an asset goes back to its issuer
 */
record TransactionRequest(
    @Nullable String type,
    @Nullable String from,
    @Nullable String to,
    @Nullable List<LegRequest> legs,
    @Nullable JsonNode amount,
    @Nullable String asset,
    @Nullable String memo,
    @Nullable JsonNode validForTicks) {

  /** How long a proposal is valid where nothing is said. */
  static final long VALID_FOR_TICKS = 600;

  record LegRequest(
      @Nullable String direction, @Nullable String asset, @Nullable JsonNode amount) {}

  StarId proposer() {
    return Inputs.star(from, "from");
  }

  /** Checked as far as it can be without the chain; {@code ledger} knows the assets' issuers. */
  Command.Offer offer(LedgerState ledger) {
    var kind = type == null ? "pay" : type;
    var wanted =
        switch (kind) {
          case "pay" -> single(Leg.Direction.GIVE);
          case "request" -> single(Leg.Direction.TAKE);
          case "exchange" -> exchange();
          case "issue" -> issue(ledger);
          case "redeem" -> List.of(oneLeg(Leg.Direction.GIVE));
          default ->
              throw StarError.UNKNOWN_TYPE.because(
                  "The type is pay, request, exchange, issue or redeem.");
        };
    var counterparty = kind.equals("redeem") ? redeemer(ledger) : Inputs.star(to, "to");
    requireSums(wanted);
    return new Command.Offer(
        counterparty,
        wanted,
        Inputs.text(memo, Body.MEMO_BYTES_MAX, "memo"),
        Inputs.ticks(validForTicks, VALID_FOR_TICKS));
  }

  private List<Leg> single(Leg.Direction direction) {
    return legs == null ? List.of(oneLeg(direction)) : legsAlone();
  }

  private Leg oneLeg(Leg.Direction direction) {
    if (legs != null) {
      throw StarError.MALFORMED_LEGS.because("An asset is issued or redeemed by its amount alone.");
    }
    return new Leg(direction, Inputs.asset(asset), Inputs.amount(amount));
  }

  private List<Leg> legsAlone() {
    if (amount != null || asset != null) {
      throw StarError.MALFORMED_LEGS.because("Give either legs or an amount of an asset.");
    }
    return legs == null ? List.of() : all(legs);
  }

  private List<Leg> exchange() {
    var both = legsAlone();
    var given = assets(both, Leg.Direction.GIVE);
    var taken = assets(both, Leg.Direction.TAKE);
    if (given.isEmpty() || taken.isEmpty()) {
      throw StarError.MALFORMED_LEGS.because("An exchange has legs in both directions.");
    }
    if (given.stream().anyMatch(taken::contains)) {
      throw StarError.SAME_ASSET.because("An exchange gives other assets than it takes.");
    }
    return both;
  }

  private static Set<AssetId> assets(List<Leg> legs, Leg.Direction direction) {
    return legs.stream()
        .filter(leg -> leg.direction() == direction)
        .map(Leg::asset)
        .collect(Collectors.toSet());
  }

  /** The ledger adds up what moves of an asset in one direction, and rejects what is too much. */
  private static void requireSums(List<Leg> legs) {
    record Flow(Leg.Direction direction, AssetId asset) {}
    var sums = new HashMap<Flow, Long>();
    try {
      legs.forEach(
          leg -> sums.merge(new Flow(leg.direction(), leg.asset()), leg.amount(), Math::addExact));
    } catch (ArithmeticException e) {
      throw StarError.AMOUNT_TOO_LARGE.because(
          "The legs of one asset in one direction add up to at most 9223372036854775807.");
    }
  }

  private List<Leg> issue(LedgerState ledger) {
    var leg = oneLeg(Leg.Direction.GIVE);
    if (!issuerOf(leg.asset(), ledger).equals(proposer())) {
      throw StarError.NOT_ISSUER.because("Only its issuer issues an asset.");
    }
    return List.of(leg);
  }

  /** The issuer; whoever else is named is a mistake. */
  private StarId redeemer(LedgerState ledger) {
    var issuer = issuerOf(Inputs.asset(asset), ledger);
    if (to != null && !Inputs.star(to, "to").equals(issuer)) {
      throw StarError.NOT_ISSUER.because("An asset goes back to its issuer only.");
    }
    return issuer;
  }

  private static StarId issuerOf(AssetId asset, LedgerState ledger) {
    return ledger
        .asset(asset)
        .orElseThrow(
            () -> StarError.UNKNOWN_ASSET.because("The ledger does not know that asset yet."))
        .issuer();
  }

  private static List<Leg> all(List<LegRequest> legs) {
    if (legs.isEmpty() || legs.size() > Body.LEGS_MAX) {
      throw StarError.MALFORMED_LEGS.because("A transaction has 1 to " + Body.LEGS_MAX + " legs.");
    }
    return legs.stream().map(TransactionRequest::leg).toList();
  }

  private static Leg leg(@Nullable LegRequest leg) {
    if (leg == null || leg.direction() == null) {
      throw StarError.MALFORMED_LEGS.because("A leg has a direction, GIVE or TAKE.");
    }
    var direction =
        switch (leg.direction()) {
          case "GIVE" -> Leg.Direction.GIVE;
          case "TAKE" -> Leg.Direction.TAKE;
          default -> throw StarError.MALFORMED_LEGS.because("A direction is GIVE or TAKE.");
        };
    return new Leg(direction, Inputs.asset(leg.asset()), Inputs.amount(leg.amount()));
  }

  /** Names what is asked: two requests under one idempotency key must be the same. */
  static Hash fingerprint(StarId from, Command.Offer offer) {
    return Hashing.tagged("CSTL-V1-STAR-REQUEST")
        .bytes(from.toBytes())
        .bytes(offer.counterparty().toBytes())
        .bytes(Legs.toBytes(offer.legs()))
        .text(offer.memo())
        .number(offer.validForTicks())
        .finish();
  }
}
