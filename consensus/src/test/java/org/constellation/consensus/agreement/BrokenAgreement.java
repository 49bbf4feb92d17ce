package org.constellation.consensus.agreement;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.consensus.testkit.AgreementMachine;
import org.constellation.consensus.testkit.PatchedCopy;

/**
 * Known mistakes, each a patch to a copy of {@link BinaryAgreement}'s source that is compiled here.
 * The production class knows nothing of it.
 */
enum BrokenAgreement {
  /** Not broken: shows that the copy itself works. */
  COPY("private boolean halted;", "private boolean halted;"),
  /** After the coin, counts what it saw in AUX votes instead of the union of the CONF sets. */
  OWN_AUX("now.union = now.confUnion();", "now.union = now.vals;"),
  /** Leaves as soon as it has decided. */
  STOP_AT_DECIDE("decision = value;", "decision = value; halted = true;"),
  /** Does not relay BVAL of rounds that it has left. */
  IGNORE_PAST_ROUNDS("relay(past, value, step);", "");

  private final String original;
  private final String patch;

  BrokenAgreement(String original, String patch) {
    this.original = original;
    this.patch = patch;
  }

  /** Compiles the patched copy and loads it beside the original, whose package it shares. */
  AgreementMachine.Maker maker() {
    var name = BinaryAgreement.class.getSimpleName();
    var copy =
        new PatchedCopy(MethodHandles.lookup(), name(), List.of(name))
            .patch(name, original, patch)
            .patch(
                name,
                "public final class BinaryAgreement {",
                "public final class BinaryAgreement implements "
                    + AgreementMachine.class.getName()
                    + " {")
            .load(name);
    try {
      var constructor =
          copy.getConstructor(
              Roster.class,
              MemberIndex.class,
              int.class,
              CommonCoin.class,
              CoinScope.class,
              Recall.class);
      return (roster, self, coin, scope, recall) -> {
        try {
          return (AgreementMachine) constructor.newInstance(roster, self, 0, coin, scope, recall);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
