package org.constellation.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.constellation.consensus.cluster.Admission;
import org.constellation.consensus.cluster.Checkpoint;
import org.constellation.consensus.cluster.ClusterRules;
import org.constellation.consensus.layer.CertifiedBlock;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.consensus.layer.Layer;
import org.constellation.consensus.layer.LayerConfig;
import org.constellation.consensus.layer.LayerRecall;
import org.constellation.consensus.layer.LayerStep;
import org.constellation.consensus.layer.LayerTiming;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.EnvelopeCodec;

/**
 * All members of a cluster in one thread and in virtual time. As in a node, a member takes all that
 * has come in for it as one batch, journals once, and answers with one envelope.
 */
final class LayerCommittee {

  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final long TICK_MILLIS = 25;
  private static final long IDLE_MILLIS = 100;
  private static final int TICKS_MAX = 1_000;

  private final Hash network;
  private final EraPlan plan;
  private final LayerKeys keys;
  private final List<Member> members = new ArrayList<>();
  private long nowMillis = START_MILLIS;

  private record Delivery(int from, Bytes envelope) {}

  private final class Member {
    private final int index;
    private final ClusterRules rules;
    private final Layer<Checkpoint> layer;
    private final List<CertifiedBlock<Checkpoint>> certified = new ArrayList<>();
    private List<Delivery> inbox = new ArrayList<>();
    private long envelopes;

    Member(int index, LedgerState state) {
      this.index = index;
      this.rules = new ClusterRules(plan, state, keys.scheme());
      var config = new LayerConfig(network, plan, index, LayerTiming.withIdle(IDLE_MILLIS));
      this.layer = new Layer<>(config, rules, keys.ports(index), LayerRecall.nothing());
    }

    LayerStep<Checkpoint> takeAll() {
      var batch = inbox;
      inbox = new ArrayList<>();
      var step = LayerStep.<Checkpoint>idle();
      for (var delivery : batch) {
        var envelope = EnvelopeCodec.open(delivery.envelope()).toOptional().orElseThrow();
        if (!EnvelopeCodec.isSigned(envelope, keys.scheme())) {
          throw new IllegalStateException("not signed by member " + delivery.from());
        }
        step = step.then(layer.receive(delivery.from(), envelope, nowMillis));
      }
      return step;
    }

    void act(LayerStep<Checkpoint> step) {
      if (step.halted().isPresent() || !step.faults().isEmpty()) {
        throw new IllegalStateException("member " + index + ": " + step);
      }
      step.journal().forEach(JournalRecord::encode);
      certified.addAll(step.certified());
      if (!step.broadcast().isEmpty()) {
        var envelope = seal(step.broadcast());
        members.stream().filter(other -> other != this).forEach(to -> send(to, envelope));
      }
      var answers = new TreeMap<Integer, List<Bytes>>();
      for (var answer : step.answers()) {
        answers.computeIfAbsent(answer.member(), _ -> new ArrayList<>()).add(answer.message());
      }
      answers.forEach((to, messages) -> send(members.get(to), seal(messages)));
    }

    private void send(Member to, Bytes envelope) {
      to.inbox.add(new Delivery(index, envelope));
    }

    private Bytes seal(List<Bytes> messages) {
      var key = keys.of(index);
      var header =
          new Envelope.Header(
              network, plan.committee(), plan.era(), key.publicKey(), envelopes++, nowMillis);
      return EnvelopeCodec.encode(EnvelopeCodec.seal(header, messages, key));
    }
  }

  LayerCommittee(LayerKeys keys, LedgerState state, long run) {
    this.network = state.network();
    this.plan = keys.plan(run);
    this.keys = keys;
    for (var i = 0; i < keys.members(); i++) {
      members.add(new Member(i, state));
    }
  }

  /** Gives all members the segments and goes on until the first round is certified everywhere. */
  CertifiedBlock<Checkpoint> certifyOneRound(List<Segment> segments) {
    for (var member : members) {
      for (var segment : segments) {
        if (!(member.rules.offer(segment) instanceof Admission.Pooled)) {
          throw new IllegalStateException("not pooled: " + segment.reference());
        }
      }
      member.act(member.layer.start(nowMillis));
    }
    for (var tick = 0; tick < TICKS_MAX; tick++) {
      deliverAll();
      if (members.stream().noneMatch(member -> member.certified.isEmpty())) {
        return members.getFirst().certified.getFirst();
      }
      nowMillis += TICK_MILLIS;
      members.forEach(member -> member.act(member.layer.time(nowMillis)));
    }
    throw new IllegalStateException("no certificate after " + TICKS_MAX + " ticks");
  }

  private void deliverAll() {
    while (members.stream().anyMatch(member -> !member.inbox.isEmpty())) {
      for (var member : members) {
        if (!member.inbox.isEmpty()) {
          member.act(member.takeAll());
        }
      }
    }
  }
}
