package org.constellation.consensus.cluster;

import java.util.List;
import java.util.Set;
import org.constellation.consensus.layer.AgreedOrder;
import org.constellation.protocol.crypto.Hash;

/** An agreed proposal that extends the tip. */
record Agreed(int member, ClusterProposal proposal) {

  /** What became of it, and what its member says of the others. */
  Report against(Set<Hash> placed) {
    var count = (int) proposal.segments().stream().filter(placed::contains).count();
    return new Report(member, proposal.latenessMillis(), count, proposal.segments().size() - count);
  }

  /** For the order of members. */
  record Report(int member, List<Integer> latenessMillis, int placed, int dropped)
      implements AgreedOrder.Report {}
}
