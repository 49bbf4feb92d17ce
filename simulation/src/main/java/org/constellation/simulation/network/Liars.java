package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.consensus.layer.RoundVote;
import org.constellation.platform.verdict.VerdictFormat;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.simulation.Fault;
import org.constellation.simulation.byzantine.Falsehoods;
import org.constellation.simulation.byzantine.Misbehaviour;
import org.constellation.simulation.time.Dice;

/**
 * The Byzantine members of all committees, of which each says in its own name what is false about
 * others: that a star's half-block can never be included, and what a member said that has started
 * again. Those of one committee say the same, so that there are as many as may be believed least.
 */
final class Liars {

  private static final int SOON_MILLIS = 400;

  /** Further than any run gets. */
  private static final long FAR_AHEAD = 1_000_000;

  private final World world;
  private final Wiretap tap;
  private final Dice dice;
  private final TreeMap<Committee, List<Liar>> committees = new TreeMap<>();
  private final Habit habit;

  /**
   * One of them.
   *
   * @param hasProgram that signs headers as well
   */
  private record Liar(SigningKey key, boolean hasProgram, Outside line) {
    Bytes address() {
      return Bytes.copyOf(key.publicKey().toBytes());
    }
  }

  Liars(World world, Wiretap tap, Questions questions) {
    this.world = world;
    this.tap = tap;
    this.dice = world.dice().of("liars");
    world.founding().committees().forEach(this::collect);
    questions.hear(this::answer);
    this.habit = new Habit(world.time(), () -> dice.below(2 * SOON_MILLIS), this::act);
  }

  private void collect(Committee committee, Founding.Keys keys) {
    var liars = new ArrayList<Liar>();
    for (var index = 0; index < keys.operational().size(); index++) {
      var name = Founding.machine(committee, index);
      var misbehaviour = world.options().byzantine().get(name);
      if (misbehaviour != null || world.guilty().isCaptured(committee)) {
        var key = keys.operational().get(index);
        var hasProgram = misbehaviour != null && misbehaviour != Misbehaviour.SILENT;
        liars.add(new Liar(key, hasProgram, new Outside(world, name, key, committee)));
      }
    }
    if (!liars.isEmpty()) {
      committees.put(committee, liars);
    }
  }

  void leave() {
    habit.giveUp();
  }

  private void act() {
    if (committees.isEmpty()) {
      return;
    }
    var committee = dice.oneOf(List.copyOf(committees.keySet()));
    if (committee.equals(Committee.GALAXY) || dice.percent(25)) {
      secondHeader(committee);
    } else {
      verdicts(committee);
    }
  }

  private List<Liar> liarsOf(Committee committee) {
    return committees.getOrDefault(committee, List.of());
  }

  /** Those of a captured cluster speak of everybody's stars, the others of their own. */
  private void verdicts(Committee committee) {
    var cluster =
        world.guilty().isCaptured(committee)
            ? dice.below(world.options().clusters().size())
            : committee.cluster();
    tap.segment(cluster, dice)
        .filter(segment -> !world.guilty().isStar(segment.star()))
        .ifPresent(
            segment -> {
              var last = segment.last();
              var verdict =
                  new Verdict(
                      segment.star(),
                      last.sequence(),
                      last.id(),
                      dice.percent(50) ? Outcome.FORK : Outcome.WRONG_NETWORK);
              var topic = world.topics().verdicts(committee.cluster());
              for (var liar : liarsOf(committee)) {
                world.tally().count(Fault.FALSE_VERDICT);
                liar.line().send(topic, List.of(VerdictFormat.encode(verdict)));
              }
            });
  }

  /** Their programs sign a header of the round as well. */
  private void secondHeader(Committee committee) {
    var topic = world.topics().consensus(committee);
    vote(committee)
        .map(RoundVote::round)
        .ifPresent(
            round -> {
              var header = Hashing.tagged("SIMULATED-HEADER").number(round).finish();
              for (var liar : liarsOf(committee)) {
                if (liar.hasProgram()) {
                  world.tally().count(Fault.SECOND_HEADER);
                  var signature = liar.key().sign(Certificate.signedMessage(header));
                  var vote = Falsehoods.headerVote(round, header, signature);
                  liar.line().send(topic, liar.address(), List.of(vote));
                }
              }
            });
  }

  private void answer(Questions.Question question) {
    var said = question.said();
    var asker = said.header().sender();
    var committee = said.header().committee();
    var neverSaid = vote(committee).map(vote -> Falsehoods.neverSaid(said, vote)).stream().toList();
    for (var liar : liarsOf(committee)) {
      if (!liar.key().publicKey().equals(asker)) {
        world.tally().count(Fault.FALSE_ANSWER);
        liar.line()
            .send(
                world.topics().sync(committee),
                Bytes.copyOf(asker.toBytes()),
                List.of(Falsehoods.answer(question.started(), FAR_AHEAD, neverSaid)));
      }
    }
  }

  /** What somebody in a committee voted of late. */
  private Optional<RoundVote> vote(Committee committee) {
    return tap.envelope(world.topics().consensus(committee), dice)
        .flatMap(
            said ->
                said.messages().stream()
                    .flatMap(message -> RoundVote.decode(message).stream())
                    .findFirst());
  }
}
