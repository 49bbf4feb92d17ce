package org.constellation.star.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.NoticeCodec;

/** Makes the notices by which stars ask for a home. */
public final class Joins {

  /** A star joins once in its life, so no earlier notice of that kind exists. */
  private static final long COUNTER = 1;

  private Joins() {}

  /** The bytes that an owner is to sign the id of. */
  public static Bytes body(LedgerState ledger, StarId star, Random random) {
    return NoticeCodec.body(ledger.network(), star, COUNTER, payload(ledger, random));
  }

  /** A signed one for a key that the service keeps. */
  public static Notice signed(LedgerState ledger, SigningKey key, Random random) {
    return NoticeCodec.notice(
        ledger.network(), new StarId(key.publicKey()), COUNTER, payload(ledger, random), key);
  }

  /** All clusters are equally near to this service, so it names any three. */
  private static Notice.Join payload(LedgerState ledger, Random random) {
    List<Integer> clusters = new ArrayList<>(ledger.clusters());
    Collections.shuffle(clusters, random);
    return new Notice.Join(clusters.subList(0, Math.min(Notice.CLUSTERS_MAX, clusters.size())));
  }
}
