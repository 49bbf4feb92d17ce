package org.constellation.consensus.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.constellation.consensus.Roster;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Committees whose faulty members answer pulls as badly as they can, while messages are lost and
 * members crash. Whatever the seed: rounds go on, nobody correct is blamed, memory stays bounded.
 */
class HostileAnswererSimulationTest {

  private static final int ROUNDS = 20;
  private static final long TIME_MAX_MILLIS = 900_000;

  /** Rounds that a member has open: certified ones that are kept, uncertified ones, ones ahead. */
  private static final int ROUNDS_OPEN_MAX = 8;

  private static final int SMALL_WORDS = 25;
  private static final int LONG_WORDS = 3;
  private static final int LONG_BYTES = LayerLimits.ANSWER_BYTES_MAX + 100_000;

  static LongStream seeds() {
    return LongStream.range(0, 36);
  }

  /** One seed's committee. */
  private static final class Run {
    private final int size;
    private final VirtualTime time;
    private final Random draw;
    private final VirtualCommittee<ToyRules.Block, ToyRules> committee;
    private final List<Bytes> words = new ArrayList<>();
    private final List<String> excess = new ArrayList<>();

    private Run(long seed) {
      this.size = seed % 3 == 2 ? 7 : 4;
      this.time = new VirtualTime(seed);
      this.draw = new Random(seed * 31 + 11);
      var keys = VirtualCommittee.keys(Committee.GALAXY, size);
      this.committee =
          VirtualCommittee.cheap(
              time,
              new Weather(5 + draw.nextInt(150), 2 + draw.nextInt(10), draw.nextInt(8)),
              Hash.ZERO,
              VirtualCommittee.plan(Committee.GALAXY, keys),
              keys,
              seed,
              LayerTiming.withIdle(1_000),
              _ -> new ToyRules());
      committee.start();
      corrupt();
      scheduleWords();
      scheduleCrashes();
      time.every(200, this::watchMemory);
    }

    private void corrupt() {
      var members = new ArrayList<Integer>();
      committee.members().forEach(member -> members.add(member.index()));
      Collections.shuffle(members, draw);
      for (var index : members.subList(0, new Roster(size).maxFaulty())) {
        var victims = new TreeSet<Integer>();
        committee.others(index).stream().filter(_ -> draw.nextBoolean()).forEach(victims::add);
        committee
            .corrupt(index)
            .behave(new HostileAnswerer(index, victims, new Random(draw.nextLong())));
      }
    }

    private void scheduleWords() {
      for (var i = 0; i < SMALL_WORDS + LONG_WORDS; i++) {
        var text = "w" + i + " ";
        var word =
            Bytes.copyOf((i < SMALL_WORDS ? text : text.repeat(LONG_BYTES / 4)).getBytes(UTF_8));
        words.add(word);
        var holders = committee.members().stream().filter(_ -> draw.nextInt(3) > 0).toList();
        time.in(
            draw.nextInt(8_000),
            () -> holders.forEach(holder -> holder.change(rules -> rules.add(word))));
      }
    }

    private void scheduleCrashes() {
      for (var i = 0; i < draw.nextInt(6); i++) {
        var victim = committee.correct().get(draw.nextInt(committee.correct().size()));
        var down = draw.nextInt(4_000);
        var beforeSync = draw.nextBoolean();
        time.in(
            draw.nextInt(15_000),
            () ->
                victim.crashAtNextStep(
                    beforeSync ? CrashPoint.BEFORE_SYNC : CrashPoint.BEFORE_SEND, down));
      }
    }

    private void watchMemory() {
      for (var member : committee.correct()) {
        member.layer().ifPresent(layer -> watchMemory(member, layer));
      }
    }

    private void watchMemory(
        VirtualMember<ToyRules.Block, ToyRules> member, Layer<ToyRules.Block> layer) {
      var held = layer.held();
      var votes = ROUNDS_OPEN_MAX * size * size * VoteLog.VOTES_PER_INSTANCE_MAX;
      if (held.pulls() > words.size() + ROUNDS_OPEN_MAX * size * size
          || held.partialBytes() > (long) size * LONG_WORDS * 2 * LONG_BYTES
          || held.votes() > votes
          || held.voteBytes() > votes * 512L) {
        excess.add("m" + member.index() + " holds " + held);
      }
      if (member.rules().heldWords().stream().anyMatch(word -> !words.contains(word))) {
        excess.add("m" + member.index() + " holds what nobody asked for");
      }
    }

    private boolean isOver() {
      return !excess.isEmpty()
          || (committee.certifiedEverywhere() >= ROUNDS
              && committee.correct().stream()
                  .allMatch(
                      member -> member.isUp() && words.stream().allMatch(member.rules()::isKnown)));
    }

    private List<String> run() {
      var wrong = new ArrayList<String>();
      if (!time.runUntil(this::isOver, TIME_MAX_MILLIS)) {
        wrong.add("TERMINATION: round " + committee.certifiedEverywhere());
        committee.correct().forEach(member -> wrong.add(member.index() + ": " + member.status()));
      }
      wrong.addAll(excess);
      wrong.addAll(committee.violations());
      return wrong;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void goesOnWhateverIsAnswered(long seed) {
    assertThat(new Run(seed).run()).as("seed %d", seed).isEmpty();
  }
}
