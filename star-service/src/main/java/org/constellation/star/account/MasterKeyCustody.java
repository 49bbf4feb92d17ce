package org.constellation.star.account;

import org.constellation.platform.security.MasterKey;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.star.StarId;

/** Custody under the service's master key. */
public final class MasterKeyCustody implements Custody {

  private final MasterKey masterKey;

  public MasterKeyCustody(MasterKey masterKey) {
    this.masterKey = masterKey;
  }

  @Override
  public Bytes seal(StarId star, byte[] seed) {
    return Bytes.copyOf(masterKey.seal(seed, star.toBytes()));
  }

  @Override
  public byte[] open(StarId star, Bytes sealed) {
    return masterKey
        .open(sealed.toArray(), star.toBytes())
        .orElseThrow(
            () -> new IllegalStateException("sealed under another master key: key of " + star));
  }
}
