package org.constellation.simulation.network;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topics;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.simulation.Options;
import org.constellation.simulation.Tally;
import org.constellation.simulation.broker.Broker;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.time.Machine;
import org.constellation.simulation.time.Trace;
import org.constellation.simulation.time.VirtualTime;
import org.constellation.simulation.watch.Clocks;
import org.constellation.simulation.watch.Guilty;
import org.constellation.simulation.watch.Violations;
import org.constellation.simulation.watch.WireWatch;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * What all machines of a run share.
 *
 * @param topics of the network
 */
public record World(
    Options options,
    Founding founding,
    Topics topics,
    VirtualTime time,
    Trace trace,
    Tally tally,
    Dice dice,
    Broker broker,
    Clocks clocks,
    Guilty guilty,
    Witnesses witnesses,
    Violations violations) {

  /** How the ledger is followed everywhere: with snapshots that come often enough to be needed. */
  static final FollowerProperties FOLLOWER =
      new FollowerProperties(
          64,
          64,
          DataSize.ofMegabytes(64),
          Duration.ofMillis(300),
          Duration.ofSeconds(5),
          Duration.ofSeconds(8),
          Duration.ofMillis(500),
          5,
          4,
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          DataSize.ofMegabytes(64));

  /**
   * Everything at its beginning, with nobody in it.
   *
   * @param lines takes the trace; null if nobody wants one
   */
  public static World of(Options options, @Nullable Consumer<String> lines) {
    var founding = Founding.of(options);
    var time = new VirtualTime();
    var trace = new Trace(time, lines);
    var tally = new Tally();
    var dice = new Dice(options.seed());
    var guilty = new Guilty();
    return new World(
        options,
        founding,
        new Topics(founding.genesis().name()),
        time,
        trace,
        tally,
        dice,
        new Broker(time, trace, tally, dice.of("broker")),
        new Clocks(),
        guilty,
        new Witnesses(time, guilty, tally),
        new Violations(trace));
  }

  /** A watch that has seen nothing yet; it must be shown what is published. */
  public WireWatch watch() {
    return new WireWatch(genesis(), topics, scheme(), clocks, guilty, violations, tally);
  }

  Genesis genesis() {
    return founding.genesis();
  }

  SignatureScheme scheme() {
    return founding.crypto().scheme();
  }

  /** Ledger time, roughly: where the network keeps up with its clocks. */
  long tick() {
    return time.nowNanos() / VirtualTime.MILLISECOND / options.tickMillis();
  }

  /** A machine that runs a program whenever it has power. */
  Machine machine(String name, Machine.Program program) {
    var own = dice.of(name);
    var most = options.driftMax();
    var drift = most == 0 ? 0 : own.between(-most, most);
    var machine =
        new Machine(
            name,
            time,
            trace,
            own,
            (which, defect) -> violations.defect(which, defect),
            Founding.START_MILLIS + own.below(1_000),
            drift,
            program);
    clocks.add(machine::clockMillis);
    return machine;
  }

  /** Counts for one life of a machine. */
  static MeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  /** Notes whether a process that has just started begins after a snapshot of its own. */
  void noteStart(String kind, MeterRegistry meters) {
    var newest = meters.find(Metrics.SNAPSHOT_HEIGHT).gauge();
    if (newest != null && newest.value() > 0) {
      tally().transition("start after a snapshot of " + kind);
    }
  }
}
