package org.constellation.consensus.layer;

import java.util.Objects;
import org.constellation.consensus.Roster;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;

/**
 * Which committee a layer serves, and as whom.
 *
 * @param network hash of the genesis file
 * @param plan the committee's era
 * @param self this member's index in the plan
 */
public record LayerConfig(Hash network, EraPlan plan, int self, LayerTiming timing) {

  /**
   * @throws IndexOutOfBoundsException if the plan has no such member
   */
  public LayerConfig {
    Objects.checkIndex(self, plan.members().size());
  }

  Roster roster() {
    return new Roster(plan.members().size());
  }

  CoinScope coinScope(long round) {
    var committee = plan.committee();
    return new CoinScope(
        network.toHex(),
        committee.layer().code(),
        committee.cluster(),
        plan.keySet().id(),
        plan.era(),
        round);
  }
}
