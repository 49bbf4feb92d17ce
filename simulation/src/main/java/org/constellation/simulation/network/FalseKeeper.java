package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.constellation.platform.follow.GalaxyEnd;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.proof.CertifiedHeader;
import org.constellation.protocol.proof.Snapshot;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.protocol.wire.SnapshotCodec;
import org.constellation.simulation.Fault;
import org.constellation.simulation.broker.Published;
import org.constellation.simulation.byzantine.Falsehoods;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.watch.LedgerWatch;

/**
 * Answers who asks for blocks or a snapshot, as the blackhole's keepers do, with what is none:
 * under true headers states in which its own star is rich, and blocks that nobody agreed on; and
 * who asks where the ledger ends, with what is not true, or no more. Some it sends without being
 * asked. It is a stranger, or a Byzantine member of the galaxy.
 */
final class FalseKeeper {

  private static final int SOON_MILLIS = 3_000;

  /** A question alone. */
  private static final int QUESTION_BYTES_MAX = 64;

  private static final long RICH = 1_000_000_000;
  private static final long FAR = 1_000_000;

  private final World world;
  private final Wiretap tap;
  private final LedgerWatch ledger;
  private final Dice dice;
  private final StarId own;
  private final List<Outside> lines = new ArrayList<>();
  private final TreeMap<PublicKey, Shown> shown = new TreeMap<>();
  private final Habit habit;
  private boolean over;

  /** The snapshot that an asker was shown the beginning of, and by whom. */
  private record Shown(long height, List<Bytes> parts, Outside line) {}

  /**
   * @param ledger is public: whoever lies about it knows it
   */
  FalseKeeper(World world, Wiretap tap, LedgerWatch ledger) {
    this.world = world;
    this.tap = tap;
    this.ledger = ledger;
    this.dice = world.dice().of("false keeper");
    this.own = new StarId(world.founding().stars().getLast().publicKey());
    lines.add(line("false-keeper", world.founding().crypto().key("false keeper")));
    var keys = world.founding().keysOf(Committee.GALAXY).operational();
    for (var index = 0; index < keys.size(); index++) {
      var name = Founding.machine(Committee.GALAXY, index);
      if (world.options().byzantine().containsKey(name)) {
        lines.add(line(name, keys.get(index)));
      }
    }
    world.broker().observe(this::heard);
    this.habit = new Habit(world.time(), () -> dice.below(2 * SOON_MILLIS), this::act);
  }

  private Outside line(String name, SigningKey key) {
    return new Outside(world, name, key, new Committee(Committee.Layer.BLACKHOLE, 0));
  }

  void leave() {
    over = true;
    habit.giveUp();
  }

  private void heard(Published record) {
    if (!over && record.topic().equals(world.topics().blackholeSync().name())) {
      record
          .envelope()
          .filter(said -> said.messages().size() == 1)
          .filter(said -> said.messages().getFirst().length() <= QUESTION_BYTES_MAX)
          .ifPresent(said -> world.time().in(1, () -> answer(said)));
    }
  }

  private void answer(Envelope said) {
    var asker = said.header().sender();
    switch (LedgerMessage.decode(said.messages().getFirst()).orElse(null)) {
      case LedgerMessage.Pull pull -> block(asker, pull.from());
      case LedgerMessage.SnapshotPull pull -> snapshot(asker, pull);
      case LedgerMessage.EndQuestion() -> end(asker);
      case null, default -> {}
    }
  }

  /** Without being asked. */
  private void act() {
    var members = world.founding().keysOf(dice.oneOf(committees())).operational();
    block(dice.oneOf(members).publicKey(), ledger.state().height() + 1);
  }

  private List<Committee> committees() {
    return List.copyOf(world.founding().committees().keySet());
  }

  private void send(Outside line, PublicKey asker, LedgerMessage message) {
    line.send(
        world.topics().blackholeSync(), Bytes.copyOf(asker.toBytes()), List.of(message.encode()));
  }

  /** Some say that the ledger has hardly begun, or is further than it is. */
  private void end(PublicKey asker) {
    world.tally().count(Fault.FALSE_END);
    var end =
        tap.block(dice)
            .filter(_ -> dice.percent(70))
            .map(real -> dice.percent(50) ? real : Falsehoods.block(real, FAR))
            .map(block -> new CertifiedHeader(block.header(), block.certificate()));
    send(dice.oneOf(lines), asker, new LedgerMessage.EndAnswer(asker, new GalaxyEnd(end)));
  }

  private void block(PublicKey asker, long height) {
    tap.block(dice)
        .map(real -> Falsehoods.block(real, height))
        .ifPresent(
            forged -> {
              world.tally().count(Fault.FALSE_BLOCK);
              var line = dice.oneOf(lines);
              var hash = forged.header().hash();
              for (var chunk : BlockChunks.cut(height, hash, GalaxyCodec.encode(forged))) {
                send(line, asker, new LedgerMessage.Chunk(chunk));
              }
            });
  }

  private void snapshot(PublicKey asker, LedgerMessage.SnapshotPull pull) {
    if (pull.height() == 0) {
      ledger.newest().ifPresent(block -> show(asker, block));
    }
    var now = shown.get(asker);
    if (now == null || (pull.height() > 0 && pull.height() != now.height())) {
      return;
    }
    var end = Math.min(now.parts().size(), pull.from() + pull.count());
    for (var part = pull.from(); part < end; part++) {
      world.tally().count(Fault.FALSE_SNAPSHOT);
      send(
          now.line(),
          asker,
          new LedgerMessage.SnapshotPart(
              now.height(), part, now.parts().size(), now.parts().get(part)));
    }
  }

  private void show(PublicKey asker, GalaxyBlock block) {
    var parts = new ArrayList<Bytes>();
    var header = new CertifiedHeader(block.header(), block.certificate());
    SnapshotCodec.encode(new Snapshot(header, falsified(ledger.state())))
        .forEachRemaining(parts::add);
    shown.put(asker, new Shown(block.header().height(), parts, dice.oneOf(lines)));
  }

  private LedgerState falsified(LedgerState real) {
    var edit = real.edit();
    edit.setBalance(own, AssetId.NO0S, RICH);
    return edit.freeze(real.height(), real.time());
  }
}
