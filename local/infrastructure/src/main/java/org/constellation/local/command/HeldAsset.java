package org.constellation.local.command;

import java.io.IOException;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/** What a user means by the name of an asset. Symbols are not unique in the ledger. */
final class HeldAsset {

  private HeldAsset() {}

  /**
   * The id of the one asset with this symbol that a star has; any other name is taken for an id.
   *
   * @param star as the network answers about it
   * @throws IOException if several of its assets have the symbol
   */
  static String named(String name, JsonNode star) throws IOException {
    var ids = new ArrayList<String>();
    for (var balance : star.path("balances")) {
      if (balance.path("symbol").asString("").equals(name)) {
        ids.add(balance.path("asset").asString());
      }
    }
    return switch (ids.size()) {
      case 0 -> name;
      case 1 -> ids.getFirst();
      default -> throw new IOException(name + " may be any of " + String.join(", ", ids));
    };
  }
}
