package org.constellation.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
import org.constellation.consensus.layer.RoundReport;
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
  private static final int TICKS_MAX = 1_000;
  private static final long IDLE_MILLIS = 100;

  private final Hash network;
  private final EraPlan plan;
  private final LayerKeys keys;
  private final long delayMillis;
  private final List<Member> members = new ArrayList<>();
  private long nowMillis = START_MILLIS;
  private boolean isStarted;
  private long messages;
  private long envelopes;
  private long bytes;

  private record Delivery(int from, Bytes envelope, long dueMillis) {}

  /**
   * What a round took.
   *
   * @param block certified by the first member
   * @param messages published to all, from the first proposal on: votes and payloads
   * @param envelopes that carried them, each published once
   * @param bytes of the envelopes
   * @param millis of virtual time from the first proposal until all members had the certificate
   */
  record Round(
      CertifiedBlock<Checkpoint> block, long messages, long envelopes, long bytes, long millis) {}

  private final class Member {
    private final int index;
    private final ClusterRules rules;
    private final Layer<Checkpoint> layer;
    private final List<CertifiedBlock<Checkpoint>> certified = new ArrayList<>();
    private final List<RoundReport> reports = new ArrayList<>();
    private final ArrayDeque<Delivery> inbox = new ArrayDeque<>();
    private long counter;

    Member(int index, LedgerState state) {
      this.index = index;
      this.rules = new ClusterRules(plan, state, keys.scheme());
      var config = new LayerConfig(network, plan, index, LayerTiming.withIdle(IDLE_MILLIS));
      this.layer = new Layer<>(config, rules, keys.ports(index), LayerRecall.nothing());
    }

    LayerStep<Checkpoint> takeAll() {
      var step = LayerStep.<Checkpoint>idle();
      while (isDue()) {
        var delivery = inbox.remove();
        var envelope = EnvelopeCodec.open(delivery.envelope()).toOptional().orElseThrow();
        if (!EnvelopeCodec.isSigned(envelope, keys.scheme())) {
          throw new IllegalStateException("not signed by member " + delivery.from());
        }
        step = step.then(layer.receive(delivery.from(), envelope, nowMillis));
      }
      return step;
    }

    boolean isDue() {
      var next = inbox.peek();
      return next != null && next.dueMillis() <= nowMillis;
    }

    void act(LayerStep<Checkpoint> step) {
      if (step.halted().isPresent() || !step.faults().isEmpty()) {
        throw new IllegalStateException("member " + index + ": " + step);
      }
      step.journal().forEach(JournalRecord::encode);
      certified.addAll(step.certified());
      reports.addAll(step.reports());
      isStarted |= step.journal().stream().anyMatch(JournalRecord.Proposed.class::isInstance);
      if (!step.broadcast().isEmpty()) {
        var envelope = seal(step.broadcast());
        if (isStarted) {
          messages += step.broadcast().size();
          envelopes++;
          bytes += envelope.length();
        }
        members.stream().filter(other -> other != this).forEach(to -> send(to, envelope));
      }
      var answers = new TreeMap<Integer, List<Bytes>>();
      for (var answer : step.answers()) {
        answers.computeIfAbsent(answer.member(), _ -> new ArrayList<>()).add(answer.message());
      }
      answers.forEach((to, messages) -> send(members.get(to), seal(messages)));
    }

    private void send(Member to, Bytes envelope) {
      to.inbox.add(new Delivery(index, envelope, nowMillis + delayMillis));
    }

    private Bytes seal(List<Bytes> messages) {
      var key = keys.of(index);
      var header =
          new Envelope.Header(
              network, plan.committee(), plan.era(), key.publicKey(), counter++, nowMillis);
      return EnvelopeCodec.encode(EnvelopeCodec.seal(header, messages, key));
    }
  }

  /**
   * @param run its number: other runs toss other coins
   * @param delayMillis that every envelope travels, in virtual time
   */
  LayerCommittee(LayerKeys keys, LedgerState state, long run, long delayMillis) {
    this.network = state.network();
    this.plan = keys.plan(run);
    this.keys = keys;
    this.delayMillis = delayMillis;
    for (var i = 0; i < keys.members(); i++) {
      members.add(new Member(i, state));
    }
  }

  /** Gives all members the segments and goes on until the first round is certified everywhere. */
  Round certifyOneRound(List<Segment> segments) {
    for (var member : members) {
      for (var segment : segments) {
        if (!(member.rules.offer(segment) instanceof Admission.Pooled)) {
          throw new IllegalStateException("not pooled: " + segment.reference());
        }
      }
      member.act(member.layer.start(nowMillis));
    }
    for (var tick = 1; tick <= TICKS_MAX; tick++) {
      var tickMillis = START_MILLIS + tick * TICK_MILLIS;
      for (deliverAll(); nextMillis() < tickMillis; deliverAll()) {
        nowMillis = nextMillis();
      }
      if (members.stream().noneMatch(member -> member.certified.isEmpty())) {
        return round();
      }
      nowMillis = tickMillis;
      members.forEach(member -> member.act(member.layer.time(nowMillis)));
    }
    throw new IllegalStateException("no certificate after " + TICKS_MAX + " ticks");
  }

  private Round round() {
    var reports = members.stream().map(member -> member.reports.getFirst()).toList();
    var started = reports.stream().mapToLong(RoundReport::startedMillis).min().orElseThrow();
    var certified = reports.stream().mapToLong(RoundReport::certifiedMillis).max().orElseThrow();
    var block = members.getFirst().certified.getFirst();
    return new Round(block, messages, envelopes, bytes, certified - started);
  }

  private long nextMillis() {
    return members.stream()
        .map(member -> member.inbox.peek())
        .filter(Objects::nonNull)
        .mapToLong(Delivery::dueMillis)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void deliverAll() {
    while (members.stream().anyMatch(Member::isDue)) {
      for (var member : members) {
        if (member.isDue()) {
          member.act(member.takeAll());
        }
      }
    }
  }
}
