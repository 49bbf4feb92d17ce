package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.simulation.watch.LedgerWatch;

/** ACCEPTED: what users were told is stored, and therefore must stand in the ledger in the end. */
final class Promises {

  private final List<Promise> made = new ArrayList<>();

  /**
   * @param proposal the half-block's id, where the answer named it; zeroes for an answer to another
   *     star's proposal
   */
  private record Promise(StarId star, long sequence, Hash proposal) {}

  void made(StarId star, long sequence, Hash proposal) {
    made.add(new Promise(star, sequence, proposal));
  }

  int count() {
    return made.size();
  }

  /** Those that the ledger does not keep yet. */
  List<String> open(LedgerWatch ledger, Network network) {
    var open = new ArrayList<String>();
    for (var promise : made) {
      if (!network.isLost(promise.star(), ledger.state())
          && ledger.halfBlock(promise.star(), promise.sequence()).isEmpty()) {
        open.add("half-block %d of %s".formatted(promise.sequence(), promise.star()));
      }
    }
    return open;
  }

  /** Those in whose place the ledger has something else. */
  List<String> broken(LedgerWatch ledger) {
    var broken = new ArrayList<String>();
    for (var promise : made) {
      var kept = ledger.halfBlock(promise.star(), promise.sequence());
      if (!promise.proposal().equals(Hash.ZERO)
          && kept.isPresent()
          && !kept.get().equals(promise.proposal())) {
        broken.add(
            "half-block %d of %s was promised as %s and is %s"
                .formatted(promise.sequence(), promise.star(), promise.proposal(), kept.get()));
      }
    }
    return broken;
  }
}
