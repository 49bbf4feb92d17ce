package org.constellation.simulation.network;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.star.StarId;
import org.constellation.star.account.Custody;

/** Keeps secrets in the open: nobody looks. */
final class PlainCustody implements Custody {

  @Override
  public Bytes seal(StarId star, byte[] seed) {
    return Bytes.copyOf(seed);
  }

  @Override
  public byte[] open(StarId star, Bytes sealed) {
    return sealed.toArray();
  }
}
