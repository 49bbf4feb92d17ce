package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Hash;
import org.constellation.simulation.watch.LedgerWatch;

/** ACCEPTED: what users were told is stored, and therefore must stand in the ledger in the end. */
final class Promises {

  private final List<Promise> made = new ArrayList<>();
  // Of those the ones whose place the ledger did not have when it was last asked.
  private List<Promise> unkept = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();

  private record Promise(Account by, int copy, long sequence, Hash halfBlock) {}

  /** Of what a star said to a proposal the user is told the proposal's id only. */
  private record Answer(Account by, int copy, Body body) {}

  void made(Account by, long sequence, Hash halfBlock) {
    var promise = new Promise(by, by.service().timesPutBack(), sequence, halfBlock);
    made.add(promise);
    unkept.add(promise);
  }

  void answered(Account by, Body body) {
    answers.add(new Answer(by, by.service().timesPutBack(), body));
  }

  /** Not if the service's database was put back since: what it lacks is known to nobody else. */
  private static boolean holds(Account by, int copy) {
    return copy == by.service().timesPutBack();
  }

  /** Those that the ledger does not keep yet. */
  List<String> open(LedgerWatch ledger, Network network) {
    var open = new ArrayList<String>();
    for (var promise : made) {
      var star = promise.by().star();
      if (holds(promise.by(), promise.copy())
          && !network.isLost(star, ledger.state())
          && ledger.halfBlock(star, promise.sequence()).isEmpty()) {
        open.add("half-block %d of %s".formatted(promise.sequence(), star));
      }
    }
    for (var answer : answers) {
      var star = answer.by().star();
      if (holds(answer.by(), answer.copy())
          && !network.isLost(star, ledger.state())
          && !ledger.hasSaid(star, answer.body())) {
        open.add("%s of %s".formatted(answer.body(), star));
      }
    }
    return open;
  }

  /** Those in whose place the ledger has something else. */
  List<String> broken(LedgerWatch ledger) {
    return made.stream().flatMap(promise -> broken(promise, ledger).stream()).toList();
  }

  /** Those of them whose place the ledger has only now. */
  List<String> newlyBroken(LedgerWatch ledger) {
    var broken = new ArrayList<String>();
    var open = new ArrayList<Promise>();
    for (var promise : unkept) {
      if (ledger.halfBlock(promise.by().star(), promise.sequence()).isPresent()) {
        broken(promise, ledger).ifPresent(broken::add);
      } else if (holds(promise.by(), promise.copy())) {
        open.add(promise);
      }
    }
    unkept = open;
    return broken;
  }

  private static Optional<String> broken(Promise promise, LedgerWatch ledger) {
    var star = promise.by().star();
    return ledger
        .halfBlock(star, promise.sequence())
        .filter(kept -> holds(promise.by(), promise.copy()) && !kept.equals(promise.halfBlock()))
        .map(
            kept ->
                "half-block %d of %s was promised as %s and is %s"
                    .formatted(promise.sequence(), star, promise.halfBlock(), kept));
  }
}
