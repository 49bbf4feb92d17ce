package org.constellation.simulation;

import org.constellation.protocol.state.LedgerState;
import org.constellation.simulation.network.Customers;
import org.constellation.simulation.network.Network;
import org.constellation.simulation.network.Node;
import org.constellation.simulation.watch.LedgerWatch;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked as soon as something happens, of what {@link Ending} asks of everything once
 * more: what was wrong for a while only was wrong.
 */
final class Meanwhile {

  private final Network network;
  private final Customers customers;
  private final LedgerWatch ledger;
  private final Ending ending;

  Meanwhile(Network network, Customers customers, LedgerWatch ledger, Ending ending) {
    this.network = network;
    this.customers = customers;
    this.ledger = ledger;
    this.ending = ending;
  }

  /** Begins to look: before anything has happened. */
  void begin() {
    for (var node : network.nodes()) {
      node.machine().afterWork(new Sight(node)::look);
    }
    for (var service : network.stars()) {
      service.hearEnded(one -> ending.checkTold(service, one));
    }
    ledger.hear(executed -> customers.look(executed, ledger));
  }

  /** What was last seen of a node: it works much more often than it executes a block. */
  private final class Sight {
    private final Node node;
    private @Nullable LedgerState seen;

    private Sight(Node node) {
      this.node = node;
    }

    private void look() {
      var state = node.ledger().orElse(null);
      if (state != null && state != seen && !ending.isGuilty(node)) {
        ledger.has(node.machine().name(), state);
      }
      seen = state;
    }
  }
}
