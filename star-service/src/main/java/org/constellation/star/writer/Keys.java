package org.constellation.star.writer;

import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.star.account.Custody;
import org.constellation.star.account.StoredAccount;

/** Opens sealed keys. What it opened is kept by the {@link Party}, and forgotten with it. */
public final class Keys {

  private final Custody custody;
  private final SignatureScheme scheme;

  public Keys(Custody custody, SignatureScheme scheme) {
    this.custody = custody;
    this.scheme = scheme;
  }

  SigningKey signerOf(StoredAccount account) {
    var sealed = account.sealedKey();
    if (sealed == null) {
      throw new IllegalStateException("the owner of " + account.star() + " keeps the key");
    }
    var key = scheme.signingKey(custody.open(account.star(), sealed));
    if (!key.publicKey().equals(account.signingKey())) {
      throw new IllegalStateException("the sealed key of " + account.star() + " is another one");
    }
    return key;
  }
}
