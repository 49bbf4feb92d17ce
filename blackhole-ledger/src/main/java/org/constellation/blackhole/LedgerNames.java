package org.constellation.blackhole;

import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.MalformedStarId;
import org.constellation.protocol.star.StarId;

/** Reads the names that callers put into addresses, and writes them. */
public final class LedgerNames {

  private LedgerNames() {}

  /** An id of 64 hexadecimal digits. */
  public static Hash hash(String text) {
    try {
      return Hash.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw new RequestRejected(LedgerError.MALFORMED_NAME, "An id has 64 hexadecimal digits.");
    }
  }

  /** A star's id with its checksum. */
  public static StarId star(String text) {
    try {
      return StarId.parse(text);
    } catch (MalformedStarId e) {
      throw new RequestRejected(LedgerError.MALFORMED_NAME, "This is no star's id.");
    }
  }

  /** An asset: {@code no0s}, or the id of the half-block that defined it. */
  public static AssetId asset(String text) {
    return text.equals(AssetId.NO0S_SYMBOL) ? AssetId.NO0S : new AssetId(hash(text));
  }

  /** As {@link #asset} reads it. */
  public static String show(AssetId asset) {
    return asset.equals(AssetId.NO0S) ? AssetId.NO0S_SYMBOL : asset.hash().toHex();
  }
}
