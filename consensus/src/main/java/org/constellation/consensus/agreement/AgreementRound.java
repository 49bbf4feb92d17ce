package org.constellation.consensus.agreement;

import org.constellation.consensus.BinaryValues;
import org.constellation.consensus.Roster;
import org.constellation.consensus.VoteTally;
import org.constellation.consensus.coin.ShareTally;
import org.jspecify.annotations.Nullable;

/** The votes of one round of a binary agreement, and what this member settled in it. */
final class AgreementRound {

  final VoteTally<Boolean> bval0;
  final VoteTally<Boolean> bval1;
  final VoteTally<Boolean> aux;
  final VoteTally<BinaryValues> conf;
  final ShareTally shares;

  /** The values with 2f+1 BVAL; only grows. */
  BinaryValues bins = BinaryValues.NONE;

  /** The values of the first quorum of AUX votes within {@link #bins}; never changes once set. */
  @Nullable BinaryValues vals;

  /** The union of the first quorum of CONF votes within {@link #bins}; never changes once set. */
  @Nullable BinaryValues union;

  AgreementRound(Roster roster, ShareTally shares) {
    this.bval0 = new VoteTally<>(roster);
    this.bval1 = new VoteTally<>(roster);
    this.aux = new VoteTally<>(roster);
    this.conf = new VoteTally<>(roster);
    this.shares = shares;
  }

  VoteTally<Boolean> bval(boolean value) {
    return value ? bval1 : bval0;
  }

  /** How many members sent an AUX vote for a value in {@link #bins}. */
  int acceptedAux() {
    var count = 0;
    for (var value : new boolean[] {false, true}) {
      count += bins.contains(value) ? aux.count(value) : 0;
    }
    return count;
  }

  /** The values of the accepted AUX votes. */
  BinaryValues auxValues() {
    var values = BinaryValues.NONE;
    for (var value : new boolean[] {false, true}) {
      if (bins.contains(value) && aux.count(value) > 0) {
        values = values.union(BinaryValues.of(value));
      }
    }
    return values;
  }

  /** How many members sent a CONF vote within {@link #bins}. */
  int acceptedConf() {
    return conf.voters(values -> values.isSubsetOf(bins)).size();
  }

  /** The union of the accepted CONF votes. */
  BinaryValues confUnion() {
    var union = BinaryValues.NONE;
    for (var values : conf.values()) {
      if (values.isSubsetOf(bins)) {
        union = union.union(values);
      }
    }
    return union;
  }
}
