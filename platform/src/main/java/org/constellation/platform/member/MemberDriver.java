package org.constellation.platform.member;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.consensus.layer.Layer;
import org.constellation.consensus.layer.LayerStatus;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.protocol.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member's worker: takes what has arrived, lets the layer decide, journals and syncs once, then
 * sends. Nothing is sent before what it depends on is on disk; while the disk refuses, the member
 * is silent.
 *
 * @param <B> the layer's block
 */
public final class MemberDriver<B> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MemberDriver.class);

  private final String service;
  private final MemberSeat seat;
  private final MemberSeat.Peers peers;
  private final MemberCore<B> layer;
  private final Journal journal;
  private final EnvelopePublisher publisher;
  private final Topics topics;
  private final MemberSink<B> sink;
  private final MemberMetrics metrics;
  private final MemberProperties properties;
  private final Clock clock;
  private final Loops loops;
  private final MemberInbox inbox;
  private final long startedMillis;
  // Filled by tasks and emptied right after them, in the member's turn only.
  private final List<Bytes> offered = new ArrayList<>();
  // Decided, but not on disk yet: until it is, nothing else happens.
  private @Nullable JoinedStep<B> unwritten;
  private long writeAgainAt;
  private long nextTick;
  private boolean begun;
  private volatile @Nullable Loop loop;
  private volatile @Nullable LayerStatus status;
  private volatile @Nullable String halted;

  MemberDriver(
      String service,
      MemberSeat seat,
      MemberCore<B> layer,
      Journal journal,
      EnvelopePublisher publisher,
      Topics topics,
      MemberSink<B> sink,
      MemberMetrics metrics,
      MemberProperties properties,
      Clock clock,
      Loops loops) {
    this.service = service;
    this.seat = seat;
    this.peers = seat.peers();
    this.layer = layer;
    this.journal = journal;
    this.publisher = publisher;
    this.topics = topics;
    this.sink = sink;
    this.metrics = metrics;
    this.properties = properties;
    this.clock = clock;
    this.loops = loops;
    this.startedMillis = clock.millis();
    this.inbox = new MemberInbox(seat.plan().members().size(), properties);
  }

  void start() {
    loop = loops.start(service + "-" + seat.name(), seat.name(), this::turn);
  }

  private void wake() {
    var running = loop;
    if (running != null) {
      running.wake();
    }
  }

  /** Takes what a subscription brought; what finds no room is sent again by its peer. */
  boolean deliver(List<ReceivedEnvelope> batch) {
    for (var received : batch) {
      peers
          .indexOf(received.header().sender())
          .map(member -> new MemberInbox.Waiting(member, received.envelope(), received.size()))
          .filter(waiting -> !inbox.offer(waiting))
          .ifPresent(_ -> metrics.refused());
    }
    wake();
    return true;
  }

  /**
   * Lets the service work on the member's rules: pools and bodies belong to the member's turn.
   * Afterwards the layer looks at its pool again.
   *
   * @return whether there was room; if not, whoever brought it brings it again
   */
  public boolean execute(Runnable inMembersTurn) {
    var accepted = inbox.offer(inMembersTurn);
    if (accepted) {
      wake();
    } else {
      metrics.refused();
    }
    return accepted;
  }

  /**
   * Offers a certified block from elsewhere: see {@link Layer#offerBlock}.
   *
   * @return whether there was room
   */
  public boolean offerBlock(Bytes encoded) {
    return execute(() -> offered.add(encoded));
  }

  private long turn() {
    try {
      return takeTurn();
    } catch (RuntimeException | Error e) {
      // Half of a step may be done, so nothing may follow it, and its status may not be askable.
      halted = "defect: " + e;
      LOG.error("Member {} stops by a defect of ours", seat.name(), e);
      return Turn.ENDED;
    }
  }

  /** Decide, journal, sync, send, hand out: in this order. */
  private long takeTurn() {
    var step = unwritten;
    if (step == null) {
      step = decide();
    } else {
      var left = writeAgainAt - loops.nanos();
      if (left > 0) {
        return left;
      }
    }
    if (!journal.append(step.journal)) {
      unwritten = step;
      writeAgainAt = loops.nanos() + properties.retryDisk().toNanos();
      return properties.retryDisk().toNanos();
    }
    unwritten = null;
    if (!act(step)) {
      return Turn.ENDED;
    }
    return inbox.isEmpty() ? Math.max(0, nextTick - loops.nanos()) : 0;
  }

  private JoinedStep<B> decide() {
    var step = new JoinedStep<B>();
    if (!begun) {
      begun = true;
      step.add(layer.start(clock.millis()));
      nextTick = loops.nanos();
      return step;
    }
    decide(inbox.take(), step);
    if (loops.nanos() - nextTick >= 0) {
      step.add(layer.time(clock.millis()));
      nextTick = loops.nanos() + properties.tick().toNanos();
      status = layer.status();
    }
    return step;
  }

  private void decide(MemberInbox.Batch batch, JoinedStep<B> step) {
    var now = clock.millis();
    for (var waiting : batch.envelopes()) {
      step.add(layer.receive(waiting.member(), waiting.envelope(), now));
    }
    if (batch.tasks().isEmpty()) {
      return;
    }
    batch.tasks().forEach(Runnable::run);
    for (var block : offered) {
      step.add(layer.offerBlock(block, now));
    }
    offered.clear();
    step.add(layer.poolChanged(now));
  }

  /** With what is on disk now. Whether the member may go on. */
  private boolean act(JoinedStep<B> step) {
    step.cut.ifPresent(journal::cut);
    send(step);
    step.certified.forEach(sink::certified);
    metrics.note(step, journal);
    if (step.halted.isPresent()) {
      halted = step.halted.get();
      status = layer.status();
      LOG.error("Member {} must not go on: {}", seat.name(), step.halted.get());
      return false;
    }
    return true;
  }

  private void send(JoinedStep<B> step) {
    var committee = seat.plan().committee();
    if (!step.broadcast.isEmpty()) {
      publisher.publish(topics.consensus(committee), seat.address(), step.broadcast);
    }
    var byReceiver = new TreeMap<Integer, List<Bytes>>();
    for (var answer : step.answers) {
      byReceiver.computeIfAbsent(answer.member(), _ -> new ArrayList<>()).add(answer.message());
    }
    byReceiver.forEach(
        (member, messages) ->
            publisher.publish(topics.sync(committee), seat.addressOf(member), messages));
  }

  /** How the member sees itself and its committee. */
  public MemberView view() {
    return MemberView.of(
        seat,
        Optional.ofNullable(status),
        Optional.ofNullable(halted)
            .map(why -> new MemberView.Stall(StallCode.STOPPED, why))
            .or(
                () ->
                    journal
                        .trouble()
                        .map(why -> new MemberView.Stall(StallCode.DISK, "disk: " + why))),
        startedMillis,
        clock.millis(),
        properties.silentAfter());
  }

  /**
   * Stops the loop; what the layer had decided is journalled, what was not sent is sent next time.
   */
  @Override
  public void close() {
    inbox.close();
    var running = loop;
    if (running != null) {
      running.close();
    }
    journal.close();
  }
}
