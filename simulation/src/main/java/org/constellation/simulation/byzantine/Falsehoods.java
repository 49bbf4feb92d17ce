package org.constellation.simulation.byzantine;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.layer.RoundVote;
import org.constellation.consensus.layer.proto.LayerMessages;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.simulation.time.Dice;

/** What is false about others, made of something that is true about them. */
public final class Falsehoods {

  private Falsehoods() {}

  /** The same vote with another value; nothing if the message is no vote that has another. */
  public static Optional<Bytes> otherVote(Bytes message) {
    return RoundVote.decode(message)
        .flatMap(
            ballot ->
                Ballots.opposite(ballot.vote()).map(other -> Ballots.with(ballot, other).encode()));
  }

  /** The place in an envelope of the first vote that has an opposite. */
  private static Optional<Integer> firstVote(Envelope said) {
    for (var index = 0; index < said.messages().size(); index++) {
      if (otherVote(said.messages().get(index)).isPresent()) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  /** A vote that somebody has not said; under it stands the signature of what it did say. */
  public static SignedMessage neverSaid(Envelope said, RoundVote vote) {
    return written(said, vote.encode(), said.signature());
  }

  private static SignedMessage written(Envelope said, Bytes message, Signature signature) {
    var pretender = new Pretender(said.header().sender(), signature);
    return EnvelopeCodec.extract(EnvelopeCodec.seal(said.header(), List.of(message), pretender), 0);
  }

  /** As if it stood at another's place in the envelope. */
  private static SignedMessage pasted(SignedMessage real, Bytes other) {
    return new SignedMessage(
        real.header(),
        real.headerBytes(),
        other,
        real.index(),
        real.size(),
        real.siblings(),
        real.signature());
  }

  /** A double vote of one that voted once: the second vote is pasted in, or written anew. */
  public static Optional<Evidence> doubleVote(Envelope said, Dice dice) {
    return firstVote(said)
        .map(
            index -> {
              var other = otherVote(said.messages().get(index)).orElseThrow();
              var real = EnvelopeCodec.extract(said, index);
              var second =
                  dice.percent(50) ? pasted(real, other) : written(said, other, Pretender.NOTHING);
              return new Evidence.DoubleVote(real, second);
            });
  }

  /** A fork of a star that has none: the second half-block is made up, the same, or another. */
  public static Evidence fork(Segment real, Segment another, Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> new Evidence.Fork(real, real);
      case 1 -> new Evidence.Fork(real, another);
      default -> {
        var first = real.first();
        var madeUp =
            ChainCodec.halfBlock(
                first.network(),
                first.star(),
                first.sequence(),
                first.previous(),
                new Body.Cancellation(Hash.ZERO));
        var signature = dice.percent(50) ? real.signature() : Pretender.NOTHING;
        yield new Evidence.Fork(real, Segment.of(real.key(), List.of(madeUp), signature));
      }
    };
  }

  /** Two headers of a cluster that certified one of them. */
  public static Evidence twoHeaders(CertifiedCheckpoint real) {
    return new Evidence.TwoHeaders(
        new CertifiedHead.OfCheckpoint(real.header(), real.certificate()),
        new CertifiedHead.OfCheckpoint(otherHeader(real), real.certificate()));
  }

  /** Another header of the same round, which nobody certified. */
  static CheckpointHeader otherHeader(CertifiedCheckpoint real) {
    var header = real.header();
    return CheckpointCodec.header(
        header.network(),
        header.cluster(),
        header.era(),
        header.round(),
        header.previous(),
        header.galaxyHeight(),
        real.body(),
        header.execution(),
        header.timeMillis() + 1);
  }

  /** Two headers of the galaxy, which certified one of them. */
  public static Evidence twoHeaders(GalaxyBlock real) {
    return new Evidence.TwoHeaders(
        new CertifiedHead.OfGalaxyBlock(real.header(), real.certificate()),
        new CertifiedHead.OfGalaxyBlock(
            at(real.header(), real.header().height()), real.certificate()));
  }

  /** A block of some height that nobody agreed on, under the certificate of a real one. */
  public static GalaxyBlock block(GalaxyBlock real, long height) {
    return new GalaxyBlock(
        at(real.header(), height), real.certificate(), real.content(), real.receipts());
  }

  /** The header at some height, and of another state. */
  private static GalaxyHeader at(GalaxyHeader real, long height) {
    return GalaxyCodec.header(
        real.network(),
        real.era(),
        height,
        real.previous(),
        real.contentRoot(),
        real.receiptsRoot(),
        real.contentRoot(),
        real.membership(),
        real.mint(),
        real.eraPlans(),
        real.adoptedTables(),
        real.beacon(),
        new LedgerTime(real.timeMillis(), real.tick(), real.stepTimeMillis()),
        real.execution(),
        real.halfBlocks());
  }

  /** Which start of a member a question belongs to; nothing if the message is no question. */
  public static Optional<Long> question(Bytes message) {
    return Proposals.layerMessage(message)
        .filter(read -> read.getKindCase() == LayerMessages.LayerMessage.KindCase.QUESTION)
        .map(read -> read.getQuestion().getStarted());
  }

  /**
   * An answer to a member that has started again.
   *
   * @param certified the round that is said to be certified
   * @param votes that are said to be the member's
   */
  public static Bytes answer(long started, long certified, List<SignedMessage> votes) {
    var answer = LayerMessages.Answer.newBuilder().setStarted(started).setCertified(certified);
    votes.forEach(
        vote -> answer.addVotes(ByteString.copyFrom(EnvelopeCodec.encode(vote).toArray())));
    return Bytes.copyOf(
        LayerMessages.LayerMessage.newBuilder().setAnswer(answer).build().toByteArray());
  }

  /** A signature under a header, as members send it. */
  public static Bytes headerVote(long round, Hash header, Signature signature) {
    var value = new byte[Hash.LENGTH + Signature.LENGTH];
    System.arraycopy(header.toBytes(), 0, value, 0, Hash.LENGTH);
    System.arraycopy(signature.toBytes(), 0, value, Hash.LENGTH, Signature.LENGTH);
    var slot = new Slot(Slot.BEACON_INSTANCE, SlotKind.CERTIFY, 0);
    return new RoundVote(round, new Vote(slot, VoteValue.of(value))).encode();
  }
}
