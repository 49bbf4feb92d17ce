package org.constellation.platform.member;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.consensus.layer.Layer;
import org.constellation.consensus.layer.LayerStatus;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.observe.LogContext;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.protocol.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member's loop, on a thread of its own: takes what has arrived, lets the layer decide,
 * journals and syncs once, then sends. Nothing is sent before what it depends on is on disk; while
 * the disk refuses, the member is silent.
 *
 * @param <B> the layer's block
 */
public final class MemberDriver<B> implements AutoCloseable {

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(MemberDriver.class);

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
  private final MemberInbox inbox;
  private final Thread thread;
  private final long startedMillis;
  // Filled by tasks and emptied right after them, on the member's thread only.
  private final List<Bytes> offered = new ArrayList<>();
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
      Clock clock) {
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
    this.startedMillis = clock.millis();
    this.inbox = new MemberInbox(seat.plan().members().size(), properties);
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name(service + "-" + seat.name())
            .unstarted(LogContext.of(service, seat.name(), this::run));
  }

  void start() {
    thread.start();
  }

  /** What a subscription brought; on the subscription's thread. */
  void deliver(List<ReceivedEnvelope> batch) {
    for (var received : batch) {
      peers
          .indexOf(received.header().sender())
          .map(member -> new MemberInbox.Waiting(member, received.envelope(), received.size()))
          .filter(waiting -> !inbox.offer(waiting))
          .ifPresent(_ -> metrics.refused());
    }
  }

  /**
   * Lets the service work on the member's rules: pools and bodies belong to the member's thread.
   * Afterwards the layer looks at its pool again.
   *
   * @return whether there was room; if not, whoever brought it brings it again
   */
  public boolean execute(Runnable onMembersThread) {
    var accepted = inbox.offer(onMembersThread);
    if (!accepted) {
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

  private void run() {
    try {
      var step = new JoinedStep<B>();
      step.add(layer.start(clock.millis()));
      var goesOn = act(step);
      var nextTick = System.nanoTime();
      while (goesOn) {
        var batch = inbox.take(nextTick - System.nanoTime());
        if (batch.closed()) {
          return;
        }
        step = new JoinedStep<>();
        decide(batch, step);
        if (System.nanoTime() - nextTick >= 0) {
          step.add(layer.time(clock.millis()));
          nextTick = System.nanoTime() + properties.tick().toNanos();
          status = layer.status();
        }
        goesOn = act(step);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // Half of a step may be done, so nothing may follow it, and its status may not be askable.
      halted = "defect: " + e;
      LOG.error("Member {} stops by a defect of ours", seat.name(), e);
    }
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

  /** Journal, sync, send, hand out: in this order. Whether the member may go on. */
  private boolean act(JoinedStep<B> step) throws InterruptedException {
    while (!journal.append(step.journal)) {
      if (inbox.pause(properties.retryDisk().toMillis())) {
        return false;
      }
    }
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
        Optional.ofNullable(halted).or(() -> journal.trouble().map(why -> "disk: " + why)),
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
    try {
      thread.join(CLOSE_WITHIN);
      if (thread.isAlive()) {
        LOG.warn("Member {} did not stop within {}", seat.name(), CLOSE_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
  }
}
