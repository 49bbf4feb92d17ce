package org.constellation.local.byzantine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.TreeMap;
import org.constellation.platform.member.MemberSeat;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.simulation.Fault;
import org.constellation.simulation.Tally;
import org.constellation.simulation.byzantine.Misbehaviour;
import org.constellation.simulation.byzantine.Tampering;
import org.constellation.simulation.time.Dice;

/**
 * How one member misbehaves: in every round in another way, one after the other. Safe for use by
 * several threads.
 */
final class Conduct {

  /** All that leaves a trace of its own on one broker; whoever is silent might as well be dead. */
  static final List<Misbehaviour> WAYS =
      List.of(
          Misbehaviour.DOUBLE_VOTES,
          Misbehaviour.DOUBLE_PROPOSALS,
          Misbehaviour.MALFORMED_SHARES,
          Misbehaviour.ABSENT_BODIES,
          Misbehaviour.FALSE_TIMES,
          Misbehaviour.GARBAGE_CERTIFICATES,
          Misbehaviour.NONSENSE,
          Misbehaviour.GARBLES,
          Misbehaviour.WITHHOLDS,
          Misbehaviour.FLOODS);

  /** Counted by {@link Fault}, whose name is the tag {@code kind}. */
  static final String FAULTS = "byzantine.faults";

  /** Of so many of the newest rounds it remembers what it said. */
  private static final int ROUNDS_MAX = 64;

  private final MemberSeat seat;
  private final Dice dice;
  private final Tally tally = new Tally();
  private final TreeMap<Long, Tampering> rounds = new TreeMap<>();
  private long newest;

  Conduct(MemberSeat seat, Dice dice, MeterRegistry meters) {
    this.seat = seat;
    this.dice = dice;
    for (var fault : Fault.values()) {
      Gauge.builder(FAULTS, this, conduct -> conduct.count(fault))
          .tag("kind", fault.name())
          .register(meters);
    }
  }

  /** What to do with what is said in the message's round; in the newest one if it names none. */
  private Tampering at(Bytes message) {
    var round = Tampering.roundOf(message).orElse(newest);
    newest = Math.max(newest, round);
    while (rounds.size() > ROUNDS_MAX) {
      rounds.pollFirstEntry();
    }
    return rounds.computeIfAbsent(
        round,
        number -> {
          var own = dice.of(seat.name() + " in round " + number);
          return new Tampering(
              WAYS.get((int) Math.floorMod(number, (long) WAYS.size())),
              seat.plan().committee(),
              seat.self(),
              seat.plan().members().size(),
              own,
              own,
              false,
              tally);
        });
  }

  /** How it misbehaves in the message's round. */
  synchronized Misbehaviour wayOf(Bytes message) {
    return at(message).misbehaviour();
  }

  /** What one member is to hear instead. */
  synchronized List<Bytes> instead(int receiver, Bytes message) {
    return at(message).instead(receiver, List.of(message));
  }

  /** Whether all are to hear the same. */
  synchronized boolean isSameForAll(Bytes message) {
    return at(message).isSameForAll();
  }

  /** A block that nobody certified, made of a real one. */
  synchronized List<Bytes> forged(Bytes message, boolean isGalaxy) {
    return at(message).forged(message, isGalaxy, this::signature);
  }

  private Certificate.MemberSignature signature(Hash header) {
    return new Certificate.MemberSignature(
        seat.self(), seat.key().sign(Certificate.signedMessage(header)));
  }

  /** Bytes that mean nothing. */
  synchronized byte[] junk() {
    tally.count(Fault.GARBAGE);
    return at(Bytes.EMPTY).junk();
  }

  /** What it makes itself hear. */
  synchronized Bytes unshown(Bytes message) {
    return at(message).unshown(message);
  }

  private synchronized double count(Fault fault) {
    return tally.faults().getOrDefault(fault, 0L);
  }
}
