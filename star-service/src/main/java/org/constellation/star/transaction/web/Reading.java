package org.constellation.star.transaction.web;

import java.util.stream.Collectors;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.star.api.Inputs;

/** What bytes mean in plain words, for whoever is about to sign them. */
final class Reading {

  private Reading() {}

  static String of(HalfBlock halfBlock) {
    return "Half-block %d of %s: %s"
        .formatted(halfBlock.sequence(), halfBlock.star(), words(halfBlock.body()));
  }

  private static String words(Body body) {
    return switch (body) {
      case Body.Proposal(var counterparty, var legs, var validUntil, var purpose) ->
          "proposes to %s: %s; valid until tick %d; %s."
              .formatted(
                  counterparty,
                  legs.stream().map(Reading::words).collect(Collectors.joining(", ")),
                  validUntil,
                  words(purpose));
      case Body.Agreement(var proposal) ->
          "agrees to transaction " + proposal.toHex() + "; all its legs move.";
      case Body.Refusal(var proposal) -> "refuses transaction " + proposal.toHex() + ".";
      case Body.Cancellation(var proposal) ->
          "takes back its own transaction " + proposal.toHex() + ".";
      case Body.AssetDefinition(var symbol, var name, var decimals) ->
          "defines the asset %s (%s) with %d decimals.".formatted(symbol, name, decimals);
      case Body.ContractRegistration registration ->
          "registers the contract " + registration.name() + ".";
      case Body.CompositionRegistration registration ->
          "registers the composition " + registration.name() + ".";
      case Body.KeyChange change ->
          "from the next half-block on, the key " + change.newKey() + "… signs.";
    };
  }

  private static String words(Leg leg) {
    var verb =
        switch (leg.direction()) {
          case GIVE -> "gives ";
          case TAKE -> "takes ";
        };
    return verb + leg.amount() + " of " + Inputs.show(leg.asset());
  }

  private static String words(Body.Purpose purpose) {
    return switch (purpose) {
      case Body.Memo memo when memo.text().isEmpty() -> "no memo";
      case Body.Memo memo -> "memo: " + memo.text();
      case Body.ContractCall call -> "calls " + call.method();
    };
  }
}
