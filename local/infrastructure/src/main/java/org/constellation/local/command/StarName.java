package org.constellation.local.command;

import java.io.IOException;
import org.constellation.local.client.Wallets;
import org.constellation.protocol.star.StarId;

/** A star as a user types it. */
final class StarName {

  private StarName() {}

  /**
   * The star that is meant: one of this user's by its name, or any by its id.
   *
   * @throws IOException if it is neither; the network is not asked for it
   */
  static String read(Wallets wallets, String typed, DataOption data) throws IOException {
    var star = wallets.star(typed);
    try {
      return StarId.parse(star).toString();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s is neither a star of this user's, which `./constellation star list%s` shows, nor the id of one"
              .formatted(typed, data.repeated()),
          e);
    }
  }
}
