package org.constellation.consensus.galaxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.state.ClusterRecord;
import org.constellation.protocol.state.LedgerState;

/**
 * The longest contiguous run of each cluster's checkpoints from its last final round. Where two
 * certified headers claim one round, the run ends before them: more than f of that cluster's
 * members are guilty, and nothing tells which header is the true one.
 */
final class Runs {

  private Runs() {}

  /** The runs by cluster; clusters without one are left out. */
  static SortedMap<Integer, List<CheckpointHeader>> of(
      Collection<CheckpointHeader> headers, LedgerState state) {
    var byCluster = new TreeMap<Integer, SortedMap<Long, List<CheckpointHeader>>>();
    for (var header : headers) {
      byCluster
          .computeIfAbsent(header.cluster(), _ -> new TreeMap<>())
          .computeIfAbsent(header.round(), _ -> new ArrayList<>())
          .add(header);
    }
    var runs = new TreeMap<Integer, List<CheckpointHeader>>();
    byCluster.forEach(
        (cluster, rounds) -> {
          var last = state.cluster(cluster);
          var plan = state.eraPlan(Committee.ofCluster(cluster));
          if (last.isPresent() && plan.isPresent()) {
            var run = run(rounds, last.get(), plan.get().era());
            if (!run.isEmpty()) {
              runs.put(cluster, run);
            }
          }
        });
    return runs;
  }

  private static List<CheckpointHeader> run(
      SortedMap<Long, List<CheckpointHeader>> rounds, ClusterRecord last, long era) {
    var run = new ArrayList<CheckpointHeader>();
    var previous = last.headerHash();
    for (var round = last.round() + 1; rounds.containsKey(round); round++) {
      var claims = rounds.get(round).stream().filter(header -> header.era() == era).toList();
      if (claims.size() != 1 || !claims.getFirst().previous().equals(previous)) {
        break;
      }
      run.add(claims.getFirst());
      previous = claims.getFirst().hash();
    }
    return run;
  }

  /**
   * Round-robin over the clusters by number, each in round order.
   *
   * @param start which cluster comes first, taken modulo their number
   */
  static List<CheckpointHeader> interleaved(
      SortedMap<Integer, List<CheckpointHeader>> runs, int start) {
    var lists = new ArrayList<>(runs.values());
    var order = new ArrayList<CheckpointHeader>();
    var longest = lists.stream().mapToInt(List::size).max().orElse(0);
    for (var place = 0; place < longest; place++) {
      for (var turn = 0; turn < lists.size(); turn++) {
        var list = lists.get(Integer.remainderUnsigned(start + turn, lists.size()));
        if (place < list.size()) {
          order.add(list.get(place));
        }
      }
    }
    return order;
  }
}
