package org.constellation.simulation.network;

import java.util.List;
import java.util.function.Consumer;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.verdict.VerdictFormat;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.simulation.Fault;
import org.constellation.simulation.byzantine.Falsehoods;
import org.constellation.simulation.byzantine.Pretender;
import org.constellation.simulation.time.Dice;

/**
 * Somebody without any key that counts, as who runs a broker: renames what others sent, puts other
 * words under their signatures, and speaks in the name of those who have not signed.
 */
final class Forger {

  private static final int SOON_MILLIS = 400;

  /** Further than any run gets. */
  private static final long FAR_AHEAD = 1_000_000;

  private final World world;
  private final Wiretap tap;
  private final Dice dice;
  private final List<Committee> committees;
  private final Habit habit;

  Forger(World world, Wiretap tap, Questions questions) {
    this.world = world;
    this.tap = tap;
    this.dice = world.dice().of("forger");
    this.committees = List.copyOf(world.founding().committees().keySet());
    questions.hear(this::answer);
    this.habit = new Habit(world.time(), () -> dice.below(2 * SOON_MILLIS), this::act);
  }

  void leave() {
    habit.giveUp();
  }

  private void act() {
    switch (dice.below(6)) {
      case 0, 1 -> otherVote(dice.oneOf(committees));
      case 2 -> renamed(dice.oneOf(committees));
      case 3 -> verdicts();
      case 4 -> stored();
      default -> retold();
    }
  }

  /** Speaks in somebody's name. */
  private void forge(
      PublicKey victim,
      Signature signature,
      Committee committee,
      Topic topic,
      Bytes address,
      List<Bytes> messages) {
    world.tally().count(Fault.FORGED_SENDER);
    new Outside(world, "forger", new Pretender(victim, signature), committee)
        .send(topic, address, messages);
  }

  private static Bytes addressOf(PublicKey key) {
    return Bytes.copyOf(key.toBytes());
  }

  private List<PublicKey> keysOf(Committee committee) {
    return world.founding().keysOf(committee).plan().members().stream()
        .map(CommitteeMember::operationalKey)
        .toList();
  }

  private void said(Committee committee, Consumer<Envelope> then) {
    tap.envelope(world.topics().consensus(committee), dice).ifPresent(then);
  }

  /** A member is made to vote otherwise than it did, under the signature of what it did say. */
  private void otherVote(Committee committee) {
    said(
        committee,
        real ->
            real.messages().stream()
                .flatMap(message -> Falsehoods.otherVote(message).stream())
                .findFirst()
                .ifPresent(
                    other -> {
                      var victim = real.header().sender();
                      var topic = world.topics().consensus(committee);
                      forge(
                          victim,
                          real.signature(),
                          committee,
                          topic,
                          addressOf(victim),
                          List.of(other));
                    }));
  }

  /** What one member said is said in the name of another. */
  private void renamed(Committee committee) {
    said(
        committee,
        real -> {
          var victim = dice.oneOf(keysOf(committee));
          if (!victim.equals(real.header().sender())) {
            var topic = world.topics().consensus(committee);
            forge(victim, real.signature(), committee, topic, addressOf(victim), real.messages());
          }
        });
  }

  /** A whole committee seems to turn down what a star has just written. */
  private void verdicts() {
    var cluster = dice.below(world.options().clusters().size());
    tap.segment(cluster, dice)
        .ifPresent(
            segment -> {
              var verdict =
                  new Verdict(
                      segment.star(), segment.last().sequence(), segment.last().id(), Outcome.FORK);
              var committee = Committee.ofCluster(cluster);
              for (var victim : keysOf(committee)) {
                forge(
                    victim,
                    Pretender.NOTHING,
                    committee,
                    world.topics().verdicts(cluster),
                    Bytes.EMPTY,
                    List.of(VerdictFormat.encode(verdict)));
              }
            });
  }

  /** A keeper of the blackhole seems to have what it has not. */
  private void stored() {
    var keeper = world.founding().crypto().key("blackhole-0").publicKey();
    forge(
        keeper,
        Pretender.NOTHING,
        new Committee(Committee.Layer.BLACKHOLE, 0),
        world.topics().blackholeSync(),
        LedgerMessage.TO_ALL,
        List.of(new LedgerMessage.Stored(FAR_AHEAD).encode()));
  }

  /** What carries its own signatures comes in an envelope that somebody else seems to send. */
  private void retold() {
    var topics = world.topics();
    var topic =
        switch (dice.below(5)) {
          case 0 -> topics.gossip(0);
          case 1 -> topics.inbox();
          case 2 -> topics.notices();
          case 3 -> topics.checkpoints(0);
          default -> topics.blocks();
        };
    tap.envelope(topic, dice)
        .ifPresent(
            real ->
                forge(
                    dice.oneOf(keysOf(dice.oneOf(committees))),
                    real.signature(),
                    real.header().committee(),
                    topic,
                    Bytes.EMPTY,
                    real.messages()));
  }

  /** All others seem to tell a member of rounds that there are not. */
  private void answer(Questions.Question question) {
    var asker = question.said().header().sender();
    var committee = question.said().header().committee();
    for (var victim : keysOf(committee)) {
      if (!victim.equals(asker)) {
        forge(
            victim,
            Pretender.NOTHING,
            committee,
            world.topics().sync(committee),
            addressOf(asker),
            List.of(Falsehoods.answer(question.started(), FAR_AHEAD, List.of())));
      }
    }
  }
}
