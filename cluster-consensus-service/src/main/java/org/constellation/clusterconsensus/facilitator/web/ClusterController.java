package org.constellation.clusterconsensus.facilitator.web;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.constellation.clusterconsensus.facilitator.Facilitator;
import org.constellation.clusterconsensus.facilitator.Facilitators;
import org.constellation.platform.web.RequestRejected;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The clusters whose facilitators this process hosts. */
@RestController
class ClusterController {

  private final Facilitators facilitators;

  ClusterController(Facilitators facilitators) {
    this.facilitators = facilitators;
  }

  @GetMapping("/api/clusters")
  List<ClusterView> clusters() {
    var byCluster = new TreeMap<Integer, List<Facilitator>>();
    for (var facilitator : facilitators.hosted()) {
      byCluster
          .computeIfAbsent(facilitator.seat().plan().committee().cluster(), _ -> new ArrayList<>())
          .add(facilitator);
    }
    var views = facilitators.views();
    return byCluster.values().stream().map(hosted -> ClusterView.of(hosted, views)).toList();
  }

  @GetMapping("/api/clusters/{id}")
  ClusterView cluster(@PathVariable int id) {
    return clusters().stream()
        .filter(cluster -> cluster.id() == id)
        .findFirst()
        .orElseThrow(
            () -> new RequestRejected(ClusterError.UNKNOWN_CLUSTER, "no such cluster here"));
  }
}
