package org.constellation.star.api;

import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.star.StarId;
import org.constellation.star.StarError;
import org.jspecify.annotations.Nullable;

/**
 * An asset to be defined.
 *
 * @param decimals places that amounts are shown with; 0 where nothing is said
 */
public record AssetRequest(
    @Nullable String symbol, @Nullable String name, @Nullable Integer decimals) {

  /**
   * As a half-block's content.
   *
   * @throws org.constellation.platform.web.RequestRejected if a limit is broken
   */
  public Body definition() {
    if (symbol == null || name == null) {
      throw StarError.MALFORMED_ASSET.because("An asset has a symbol and a name.");
    }
    try {
      return new Body.AssetDefinition(
          symbol, Inputs.text(name, Body.NAME_BYTES_MAX, "name"), decimals == null ? 0 : decimals);
    } catch (IllegalArgumentException e) {
      throw StarError.MALFORMED_ASSET.because(
          "An asset has a symbol of 1 to "
              + Body.SYMBOL_LENGTH_MAX
              + " letters and digits that is not "
              + Inputs.NO0S
              + ", a name of 1 to "
              + Body.NAME_BYTES_MAX
              + " bytes, and 0 to "
              + Body.DECIMALS_MAX
              + " decimals.");
    }
  }

  /** Names what is asked: two requests under one idempotency key must be the same. */
  public Hash fingerprint(StarId star) {
    return Hashing.tagged("CSTL-V1-STAR-ASSET-REQUEST")
        .bytes(star.toBytes())
        .text(symbol == null ? "" : symbol)
        .text(name == null ? "" : name)
        .number(decimals == null ? 0 : decimals)
        .finish();
  }
}
