package org.constellation.consensus.testkit;

import java.util.Optional;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.agreement.BinaryAgreement;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.coin.CommonCoin;

/** A binary agreement, the real one or one that was broken to see whether anybody notices. */
public interface AgreementMachine {

  /** Puts in a bit. */
  Step<Boolean> input(boolean value);

  /** Counts a vote. */
  Step<Boolean> handle(MemberIndex from, Vote vote);

  /** Goes on after a crash. */
  Step<Boolean> resume();

  /** What was decided. */
  Optional<Boolean> decision();

  /** The round that the machine is in. */
  int round();

  /** Makes machines of one kind. */
  @FunctionalInterface
  interface Maker {

    /** The machine of {@code self}, in instance 0. */
    AgreementMachine make(
        Roster roster, MemberIndex self, CommonCoin coin, CoinScope scope, Recall recall);
  }

  /** The real machine. */
  static AgreementMachine real(
      Roster roster, MemberIndex self, CommonCoin coin, CoinScope scope, Recall recall) {
    var machine = new BinaryAgreement(roster, self, 0, coin, scope, recall);
    return new AgreementMachine() {
      @Override
      public Step<Boolean> input(boolean value) {
        return machine.input(value);
      }

      @Override
      public Step<Boolean> handle(MemberIndex from, Vote vote) {
        return machine.handle(from, vote);
      }

      @Override
      public Step<Boolean> resume() {
        return machine.resume();
      }

      @Override
      public Optional<Boolean> decision() {
        return machine.decision();
      }

      @Override
      public int round() {
        return machine.round();
      }
    };
  }
}
