package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.simulation.Fault;
import org.constellation.simulation.byzantine.Falsehoods;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.time.VirtualTime;

/**
 * Everybody in one cluster, together: they hold all its keys and certify whatever they like. They
 * take segments of any star from anywhere, in any order, twice, with broken signatures, under
 * others' keys and from other networks; and evidence against everybody else that is none.
 */
final class Captors {

  private static final int SOON_MILLIS = 700;
  private static final int SEEN_MAX = 200;

  /** After so many checkpoints at most they do what makes the galaxy take no more of them. */
  private static final int PATIENCE_MAX = 60;

  private final World world;
  private final Committee committee;
  private final Founding.Keys keys;
  private final Wiretap tap;
  private final Dice dice;
  private final SigningKey stranger;
  private final int patience;
  private final List<Outside> lines = new ArrayList<>();
  private final List<Segment> seen = new ArrayList<>();
  private long round;
  private Hash previous;
  private final Habit habit;

  Captors(World world, Committee committee, Wiretap tap) {
    this.world = world;
    this.tap = tap;
    this.committee = committee;
    this.keys = world.founding().keysOf(committee);
    this.dice = world.dice().of("captors");
    this.stranger = world.founding().crypto().key("stranger");
    this.patience = dice.below(PATIENCE_MAX);
    this.previous = CheckpointHeader.genesisOf(world.genesis().network(), committee.cluster());
    for (var index = 0; index < keys.operational().size(); index++) {
      var name = Founding.machine(committee, index);
      lines.add(new Outside(world, name, keys.operational().get(index), committee));
    }
    Outside.overhear(world, this::remember);
    this.habit = new Habit(world.time(), () -> dice.below(2 * SOON_MILLIS), this::act);
  }

  void leave() {
    habit.giveUp();
  }

  private void remember(Segment segment) {
    if (seen.size() < SEEN_MAX) {
      seen.add(segment);
    }
  }

  private void act() {
    world.tally().count(Fault.CAPTURED_CHECKPOINT);
    if (dice.percent(15) && !seen.isEmpty()) {
      // The galaxy can take nothing that would follow this one.
      publish(checkpoint(Captors::unsigned));
      return;
    }
    var one = checkpoint(this::spoilt);
    publish(one);
    if (round >= patience && dice.percent(14)) {
      // A second one at this round: from here on the galaxy can take neither.
      publish(checkpoint(this::spoilt));
    }
    round++;
    previous = one.header().hash();
  }

  private CertifiedCheckpoint checkpoint(UnaryOperator<Segment> spoilt) {
    var segments = new ArrayList<Segment>();
    for (var count = dice.between(1, 5); count > 0 && !seen.isEmpty(); count--) {
      segments.add(spoilt.apply(dice.oneOf(seen)));
    }
    var evidence = dice.percent(30) ? falseEvidence() : List.<Evidence>of();
    evidence.forEach(_ -> world.tally().count(Fault.FALSE_EVIDENCE));
    var body = new CheckpointBody(segments, evidence);
    var members = keys.operational().size();
    var header =
        CheckpointCodec.header(
            world.genesis().network(),
            committee.cluster(),
            0,
            round + 1,
            previous,
            0,
            body,
            Collections.nCopies(members, new MemberRecord(true, 0, 0, 0)),
            Founding.START_MILLIS + world.time().nowNanos() / VirtualTime.MILLISECOND);
    return new CertifiedCheckpoint(header, certificate(header.hash()), body);
  }

  /** Against a star, or against members of other committees. */
  private List<Evidence> falseEvidence() {
    var others =
        world.founding().committees().keySet().stream()
            .filter(one -> !one.equals(committee))
            .toList();
    var accused = dice.oneOf(others);
    var evidence =
        switch (dice.below(3)) {
          case 0 ->
              seen.isEmpty()
                  ? Optional.<Evidence>empty()
                  : Optional.of(Falsehoods.fork(dice.oneOf(seen), dice.oneOf(seen), dice));
          case 1 ->
              accused.equals(Committee.GALAXY)
                  ? tap.block(dice).map(Falsehoods::twoHeaders)
                  : tap.checkpoint(accused.cluster(), dice).map(Falsehoods::twoHeaders);
          default ->
              tap.envelope(world.topics().consensus(accused), dice)
                  .flatMap(said -> Falsehoods.doubleVote(said, dice));
        };
    return evidence.stream().toList();
  }

  private static Segment unsigned(Segment real) {
    return Segment.of(real.key(), real.halfBlocks(), Signature.of(new byte[Signature.LENGTH]));
  }

  /** Mostly as it is; else signed by somebody else, or made for another network. */
  private Segment spoilt(Segment real) {
    return switch (dice.below(10)) {
      case 0, 1 -> {
        var message = Segment.signedMessage(real.last().id());
        yield Segment.of(stranger.publicKey(), real.halfBlocks(), stranger.sign(message));
      }
      case 2 ->
          new BadChain(world.genesis().network(), stranger)
              .foreign(List.of(new Body.Cancellation(Hash.ZERO)));
      default -> real;
    };
  }

  private Certificate certificate(Hash header) {
    var message = Certificate.signedMessage(header);
    return new Certificate(
        IntStream.range(0, keys.plan().quorum())
            .mapToObj(
                index ->
                    new Certificate.MemberSignature(
                        index, keys.operational().get(index).sign(message)))
            .toList());
  }

  private void publish(CertifiedCheckpoint checkpoint) {
    var chunks = new ArrayList<Bytes>();
    var header = checkpoint.header();
    for (var chunk :
        BlockChunks.cut(header.round(), header.hash(), CheckpointCodec.encode(checkpoint))) {
      chunks.add(BlockChunks.encode(chunk));
    }
    dice.oneOf(lines).send(world.topics().checkpoints(committee.cluster()), chunks);
  }
}
