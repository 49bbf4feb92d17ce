package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.simulation.watch.LedgerWatch;

/** ACCEPTED: what users were told is stored, and therefore must stand in the ledger in the end. */
final class Promises {

  private final List<Promise> made = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();

  private record Promise(StarId star, long sequence, Hash halfBlock) {}

  /** Of what a star said to a proposal the user is told the proposal's id only. */
  private record Answer(StarId star, Body body) {}

  void made(StarId star, long sequence, Hash halfBlock) {
    made.add(new Promise(star, sequence, halfBlock));
  }

  void answered(StarId star, Body body) {
    answers.add(new Answer(star, body));
  }

  int count() {
    return made.size() + answers.size();
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
    for (var answer : answers) {
      if (!network.isLost(answer.star(), ledger.state())
          && !ledger.hasSaid(answer.star(), answer.body())) {
        open.add("%s of %s".formatted(answer.body(), answer.star()));
      }
    }
    return open;
  }

  /** Those in whose place the ledger has something else. */
  List<String> broken(LedgerWatch ledger) {
    var broken = new ArrayList<String>();
    for (var promise : made) {
      var kept = ledger.halfBlock(promise.star(), promise.sequence());
      if (kept.isPresent() && !kept.get().equals(promise.halfBlock())) {
        broken.add(
            "half-block %d of %s was promised as %s and is %s"
                .formatted(promise.sequence(), promise.star(), promise.halfBlock(), kept.get()));
      }
    }
    return broken;
  }
}
