package org.constellation.protocol.execution;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.MembershipChange;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.state.LedgerEdit;
import org.constellation.protocol.state.LedgerState;

/** What the rules of one block share. */
final class BlockContext {

  final LedgerEdit edit;
  final SegmentCheck checks;
  final List<Receipt> receipts = new ArrayList<>();
  final List<MembershipChange> membership = new ArrayList<>();

  private final BlockExecution.Input input;

  BlockContext(LedgerState before, BlockExecution.Input input, SegmentCheck checks) {
    this.edit = before.edit();
    this.input = input;
    this.checks = checks;
  }

  Hash network() {
    return edit.before().network();
  }

  Genesis.Parameters parameters() {
    return edit.before().parameters();
  }

  long height() {
    return input.height();
  }

  long tick() {
    return input.time().tick();
  }

  Hash beacon() {
    return input.beacon();
  }

  /** A receipt that concerns no transaction. */
  void tell(Hash subject, Outcome outcome) {
    receipts.add(new Receipt(subject, outcome, Hash.ZERO));
  }

  /** A receipt that concerns a transaction. */
  void tell(Hash subject, Outcome outcome, Hash transaction) {
    receipts.add(new Receipt(subject, outcome, transaction));
  }
}
