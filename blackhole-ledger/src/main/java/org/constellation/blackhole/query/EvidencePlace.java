package org.constellation.blackhole.query;

import org.constellation.blackhole.LedgerError;
import org.constellation.platform.web.RequestRejected;

/**
 * Where evidence stands.
 *
 * @param height of its block, 0 before all
 * @param position of the receipt that convicts, among those of the block; -1 before all
 */
public record EvidencePlace(long height, int position) {

  /** Before all evidence. */
  public static final EvidencePlace START = new EvidencePlace(0, -1);

  /** Reads what {@link #toString} wrote. */
  public static EvidencePlace parse(String text) {
    var parts = text.split("-", 2);
    try {
      return new EvidencePlace(
          Long.parseUnsignedLong(parts[0]), parts.length < 2 ? -1 : Integer.parseInt(parts[1]));
    } catch (NumberFormatException e) {
      throw new RequestRejected(
          LedgerError.MALFORMED_NAME, "A place of evidence is HEIGHT-POSITION.");
    }
  }

  @Override
  public String toString() {
    return height + "-" + position;
  }
}
