package org.constellation.clusterconsensus.facilitator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.verdict.VerdictFormat;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.star.StarId;

/** Sends verdicts, keyed by star. A star that resends hears its verdict again. */
final class Verdicts {

  private Verdicts() {}

  static void publish(EnvelopePublisher publisher, Topic topic, List<Verdict> verdicts) {
    Map<StarId, List<Bytes>> byStar = new TreeMap<>();
    for (var verdict : verdicts) {
      byStar
          .computeIfAbsent(verdict.star(), _ -> new ArrayList<>())
          .add(VerdictFormat.encode(verdict));
    }
    byStar.forEach(
        (star, messages) -> publisher.publish(topic, Bytes.copyOf(star.toBytes()), messages));
  }
}
