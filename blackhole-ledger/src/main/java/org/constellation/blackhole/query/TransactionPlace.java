package org.constellation.blackhole.query;

import java.util.Comparator;
import java.util.HexFormat;
import org.constellation.blackhole.LedgerError;
import org.constellation.blackhole.LedgerNames;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.crypto.Hash;

/**
 * Where a transaction stands among others.
 *
 * @param height of the block with its proposal, 0 before all
 * @param transaction its id, which decides within a block
 */
public record TransactionPlace(long height, Hash transaction)
    implements Comparable<TransactionPlace> {

  /** Before all transactions. */
  public static final TransactionPlace START = new TransactionPlace(0, Hash.ZERO);

  private static final Comparator<TransactionPlace> ORDER =
      Comparator.comparingLong(TransactionPlace::height)
          .thenComparing(TransactionPlace::transaction);

  /** Reads what {@link #toString} wrote. */
  public static TransactionPlace parse(String text) {
    var parts = text.split("-", 2);
    try {
      if (parts.length == 2) {
        return new TransactionPlace(Long.parseLong(parts[0]), LedgerNames.hash(parts[1]));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new RequestRejected(LedgerError.MALFORMED_NAME, "A place of a transaction is HEIGHT-ID.");
  }

  @Override
  public int compareTo(TransactionPlace other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return height + "-" + HexFormat.of().formatHex(transaction.toBytes());
  }
}
