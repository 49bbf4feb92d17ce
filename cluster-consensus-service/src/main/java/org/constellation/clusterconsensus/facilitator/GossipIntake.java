package org.constellation.clusterconsensus.facilitator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.constellation.consensus.cluster.Admission;
import org.constellation.consensus.cluster.Checkpoint;
import org.constellation.consensus.cluster.ClusterRules;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.hosting.MemberFeed;
import org.constellation.platform.member.MemberDriver;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.observe.TransactionTrail;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.SenderCheck;
import org.constellation.platform.transport.Subscription;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.EvidenceCodec;

/**
 * Brings segments from the gossip topic into a facilitator's pool, and forks that others found.
 * Anybody may send: either proves itself. What finds no room in the pool is dropped and counted;
 * stars send again.
 */
final class GossipIntake {

  private final Hosting hosting;
  private final MemberSeat seat;
  private final MemberDriver<Checkpoint> driver;
  private final ClusterRules rules;
  private final Consumer<ClusterRules> afterwards;

  /**
   * @param afterwards called in the member's turn after each batch
   */
  GossipIntake(
      Hosting hosting,
      MemberSeat seat,
      MemberDriver<Checkpoint> driver,
      ClusterRules rules,
      Consumer<ClusterRules> afterwards) {
    this.hosting = hosting;
    this.seat = seat;
    this.driver = driver;
    this.rules = rules;
    this.afterwards = afterwards;
  }

  MemberFeed open(PoolGauges gauges) {
    return new MemberFeed(
        hosting.transport(),
        new Subscription(
            hosting.service() + "-" + seat.name() + "-gossip",
            seat.network(),
            List.of(Feed.of(hosting.topics().gossip(seat.plan().committee().cluster()))),
            Subscription.StartAt.LATEST,
            SenderCheck.anyone(),
            hosting.verifierOf(seat)),
        driver,
        batch -> Optional.of(prepare(batch, gauges)));
  }

  private Runnable prepare(List<ReceivedEnvelope> batch, PoolGauges gauges) {
    var segments = new ArrayList<Segment>();
    var forks = new ArrayList<Evidence.Fork>();
    for (var envelope : batch) {
      for (var message : envelope.messages()) {
        ChainCodec.decodeSegment(message)
            .toOptional()
            .ifPresentOrElse(
                segments::add,
                () ->
                    fork(message).ifPresentOrElse(forks::add, () -> gauges.rejected("MALFORMED")));
      }
    }
    return () -> {
      forks.forEach(rules::offerFork);
      offer(segments, gauges);
    };
  }

  /** Nothing is both: what stands where a segment has its key is longer in evidence. */
  private static Optional<Evidence.Fork> fork(Bytes message) {
    return EvidenceCodec.decode(message)
        .toOptional()
        .filter(Evidence.Fork.class::isInstance)
        .map(Evidence.Fork.class::cast);
  }

  private void offer(List<Segment> segments, PoolGauges gauges) {
    for (var segment : segments) {
      switch (rules.offer(segment)) {
        case Admission.Pooled(var fresh) -> {
          if (fresh) {
            gauges.pooled(segment);
            TransactionTrail.passed(List.of(segment), "pooled", 0);
          }
        }
        case Admission.Included _ -> {}
        case Admission.Rejected(var reason) -> gauges.rejected(reason.name());
        case Admission.Full _ -> gauges.rejected("POOL_FULL");
      }
    }
    afterwards.accept(rules);
  }
}
