package org.constellation.consensus.agreement;

import org.constellation.consensus.BinaryValues;
import org.constellation.consensus.Roster;
import org.constellation.consensus.agreement.AgreementMessage.Aux;
import org.constellation.consensus.agreement.AgreementMessage.BVal;
import org.constellation.consensus.agreement.AgreementMessage.Coin;
import org.constellation.consensus.agreement.AgreementMessage.Conf;
import org.constellation.consensus.testkit.AgreementMachine;

/**
 * Four members, of which the last is Byzantine, and a scheduler that plays one script every round:
 * P and Q get to see both values and adopt the coin; only when it is known, R is shown the other
 * value. As long as the script goes through, the members are as split after a round as before it.
 */
final class CoinAwareScript {

  private static final Roster ROSTER = new Roster(4);
  private static final int P = 0;
  private static final int Q = 1;
  private static final int R = 2;
  private static final int BYZANTINE = 3;

  private final ScriptedNetwork network;

  CoinAwareScript(AgreementMachine.Maker maker, long seed) {
    network = new ScriptedNetwork(ROSTER, BYZANTINE, maker, seed);
    network.input(P, true);
    network.input(Q, true);
    network.input(R, false);
  }

  /** How many rounds the script keeps the members split, at most {@code roundsMax}. */
  int roundsSplit(int roundsMax) {
    for (var round = 0; round < roundsMax; round++) {
      var estimate = estimate(P, round);
      if (network.machines.stream().anyMatch(m -> m.decision().isPresent())
          || estimate == estimate(R, round)
          || estimate != estimate(Q, round)) {
        return round;
      }
      play(round, estimate);
    }
    return roundsMax;
  }

  private void play(int round, boolean v) {
    var random = round % 3 == 2;
    forge(P, new BVal(round, !v));
    deliver(R, P, new BVal(round, !v));
    deliver(R, Q, new BVal(round, !v));
    forge(Q, new BVal(round, v));
    deliver(P, Q, new BVal(round, v));
    deliver(P, Q, new BVal(round, !v));
    deliver(Q, P, new BVal(round, v));
    forge(P, new BVal(round, v));
    deliver(P, Q, new Aux(round, !v));
    forge(Q, new Aux(round, v));
    deliver(Q, P, new Aux(round, v));
    forge(P, new Aux(round, v));
    if (random) {
      var both = new Conf(round, BinaryValues.BOTH);
      deliver(P, Q, both);
      forge(Q, both);
      deliver(Q, P, both);
      forge(P, both);
    }
    var coin = coin(round);
    if (random) {
      deliverShare(P, Q, round);
      deliverShare(Q, P, round);
    }
    deliver(P, R, new BVal(round, !coin));
    deliver(Q, R, new BVal(round, !coin));
    forge(R, new BVal(round, !coin));
    deliver(v != coin ? Q : P, R, new Aux(round, !coin));
    forge(R, new Aux(round, !coin));
    deliver(P, R, new BVal(round, coin));
    deliver(Q, R, new BVal(round, coin));
    forge(R, new BVal(round, coin));
    if (random) {
      deliver(P, R, new Conf(round, BinaryValues.BOTH));
      deliver(Q, R, new Conf(round, BinaryValues.BOTH));
      deliverShare(P, R, round);
      deliverShare(Q, R, round);
    }
  }

  private boolean coin(int round) {
    return switch (round % 3) {
      case 0 -> true;
      case 1 -> false;
      default -> network.coins.foreseeBit(network.scope.name(0, round));
    };
  }

  /** The first BVAL that a member sends in a round is its estimate. */
  private boolean estimate(int member, int round) {
    return network.undelivered(member, member == P ? Q : P).stream()
        .filter(m -> m instanceof BVal(var in, var _) && in == round)
        .map(m -> ((BVal) m).value())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the script does not go through"));
  }

  private void deliverShare(int from, int to, int round) {
    network.undelivered(from, to).stream()
        .filter(m -> m instanceof Coin(var in, var _) && in == round)
        .findFirst()
        .ifPresent(share -> deliver(from, to, share));
  }

  private void deliver(int from, int to, AgreementMessage message) {
    network.deliver(from, to, message);
  }

  private void forge(int to, AgreementMessage message) {
    network.forge(BYZANTINE, to, message);
  }
}
