package org.constellation.star.ledger;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;

/**
 * Counts equal verdicts of a committee. What one facilitator says takes no room from the others.
 */
final class VerdictTally {

  /** Latest verdicts kept of each facilitator. */
  static final int KEPT_MAX = 1_024;

  private final Map<Committee, Map<PublicKey, Map<Hash, Verdict>>> said = new HashMap<>();

  /**
   * Takes a verdict of somebody who may be a member of {@code plan}.
   *
   * @return whether with it, and not before, f+1 members of the committee say the same
   */
  boolean add(PublicKey facilitator, EraPlan plan, Verdict verdict) {
    var committee = said.computeIfAbsent(plan.committee(), _ -> new HashMap<>());
    var members = plan.members().stream().map(CommitteeMember::operationalKey).toList();
    committee.keySet().retainAll(members);
    if (!members.contains(facilitator)) {
      return false;
    }
    var before =
        committee.computeIfAbsent(facilitator, _ -> new Latest()).put(verdict.halfBlock(), verdict);
    if (verdict.equals(before)) {
      return false;
    }
    var agreeing =
        committee.values().stream()
            .filter(verdicts -> verdict.equals(verdicts.get(verdict.halfBlock())))
            .count();
    return agreeing == plan.faultyMax() + 1;
  }

  private static final class Latest extends LinkedHashMap<Hash, Verdict> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Hash, Verdict> eldest) {
      return size() > KEPT_MAX;
    }
  }
}
