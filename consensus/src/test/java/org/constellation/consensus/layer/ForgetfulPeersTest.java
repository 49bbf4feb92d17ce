package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.constellation.consensus.testkit.Trace;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

/**
 * A member's disk comes back a moment old just when two of the three others have started again and
 * hold nothing that they heard before. The third remembers, and cannot be reached at first. (What
 * it never heard nobody holds: that can be said anew, and convicts nobody.)
 */
class ForgetfulPeersTest {

  private static final int SEEDS = 100;
  private static final int WORDS = 120;

  /** As members were before they wrote down what they hear. */
  private static final LayerMachine.Maker FORGETFUL = BrokenLayer.KEEPS_NO_WORD_OF_OTHERS.maker();

  private static final int OLD = 0;
  private static final int REMEMBERS = 3;
  private static final long CUT_OFF_MILLIS = 1_500;
  private static final long DOWN_MILLIS = 60;

  /** Longer than a message takes, so that nothing of the member's is under way when it is back. */
  private static final Weather WEATHER = new Weather(40, 0, 0);

  private static final LayerTiming TIMING = LayerTiming.withIdle(1_000);

  @Test
  void whoeverRemembersIsWaitedFor() {
    var silenced = 0;
    for (var seed = 1L; seed <= SEEDS; seed++) {
      var committee = run(seed, TIMING, LayerMachine::real);
      assertThat(faults(committee)).as("seed " + seed).isEmpty();
      silenced += committee.member(OLD).halted().isPresent() ? 1 : 0;
    }
    assertThat(silenced).isGreaterThan(SEEDS / 10);
  }

  /** Nobody's memory holds a word of the member's; whole rounds of it are in their journals. */
  @Test
  void whatAllOthersHeardBeforeTheyStartedAgainIsRemembered() {
    var silenced = 0;
    for (var seed = 1L; seed <= SEEDS; seed++) {
      var committee = restartAll(seed, LayerMachine::real);
      assertThat(committee.watch().violations()).as("seed " + seed).isEmpty();
      assertThat(faults(committee)).as("seed " + seed).isEmpty();
      silenced += committee.member(OLD).halted().isPresent() ? 1 : 0;
    }
    assertThat(silenced).isGreaterThan(SEEDS / 10);
  }

  @Test
  void whatNoJournalHoldsIsSaidAnew() {
    for (var seed = 1L; seed <= SEEDS; seed++) {
      if (!restartAll(seed, FORGETFUL).watch().violations().isEmpty()) {
        System.out.printf("SIM forgetful peers: said anew first in seed %d%n", seed);
        return;
      }
    }
    throw new AssertionError("nothing was said anew in " + SEEDS + " seeds");
  }

  @Test
  void whoHasNoPatienceIsConvicted() {
    var impatient =
        new LayerTiming(
            TIMING.roundSpacing(),
            TIMING.idle(),
            TIMING.resendFirst(),
            TIMING.resendMax(),
            TIMING.pullPatience(),
            TIMING.pullRetry(),
            TIMING.pullRetryMax(),
            0);
    for (var seed = 1L; seed <= SEEDS; seed++) {
      if (faults(run(seed, impatient, FORGETFUL)).stream()
          .anyMatch(fault -> fault.member() == OLD)) {
        return;
      }
    }
    throw new AssertionError("nobody was convicted in " + SEEDS + " seeds");
  }

  private static List<LayerFault> faults(VirtualCommittee<ToyRules.Block, ToyRules> committee) {
    return committee.members().stream().flatMap(member -> member.faults().stream()).toList();
  }

  private static VirtualCommittee<ToyRules.Block, ToyRules> run(
      long seed, LayerTiming timing, LayerMachine.Maker maker) {
    return run(
        seed,
        timing,
        maker,
        (committee, time, draw) ->
            trouble(committee, time, 3_000L + draw.nextInt(3_000), 5 + draw.nextInt(250)));
  }

  private static VirtualCommittee<ToyRules.Block, ToyRules> restartAll(
      long seed, LayerMachine.Maker maker) {
    return run(
        seed,
        TIMING,
        maker,
        (committee, time, draw) -> {
          var crashAt = 3_000L + draw.nextInt(3_000);
          putBack(committee, time, crashAt, 5 + draw.nextInt(250));
          for (var other : List.of(1, 2, REMEMBERS)) {
            time.in(crashAt + draw.nextInt(60), () -> committee.member(other).crash());
            time.in(crashAt + 60 + draw.nextInt(60), () -> committee.member(other).start());
          }
        });
  }

  private static VirtualCommittee<ToyRules.Block, ToyRules> run(
      long seed, LayerTiming timing, LayerMachine.Maker maker, Trouble trouble) {
    var time = new VirtualTime(seed, Trace.none());
    var draw = new Random(seed);
    var keys = VirtualCommittee.keys(Committee.GALAXY, 4);
    var committee =
        VirtualCommittee.<ToyRules.Block, ToyRules>cheap(
            time,
            WEATHER,
            Hash.ZERO,
            VirtualCommittee.plan(Committee.GALAXY, keys),
            keys,
            seed,
            timing,
            _ -> new ToyRules());
    committee.watch().read(ToyRules.Block::previous, block -> block);
    committee.members().forEach(member -> member.run(maker));
    committee.start();
    for (var i = 0; i < WORDS; i++) {
      var word = Bytes.copyOf(("w" + i).getBytes(StandardCharsets.UTF_8));
      var holders = committee.members().stream().filter(_ -> draw.nextInt(4) > 0).toList();
      time.in(
          draw.nextInt(12_000),
          () -> holders.forEach(holder -> holder.change(rules -> rules.add(word))));
    }
    trouble.befall(committee, time, draw);
    var end = time.nowMillis() + 14_000;
    time.runUntil(() -> time.nowMillis() > end, 60_000);
    return committee;
  }

  private static void trouble(
      VirtualCommittee<ToyRules.Block, ToyRules> committee,
      VirtualTime time,
      long crashAt,
      int age) {
    putBack(committee, time, crashAt, age);
    var cutOff = new boolean[1];
    for (var member : committee.members()) {
      var self = member.index();
      member.behave(
          (receiver, messages) ->
              cutOff[0] && (self == REMEMBERS || receiver == REMEMBERS) ? List.of() : messages);
    }
    time.in(crashAt, () -> cutOff[0] = true);
    time.in(crashAt + CUT_OFF_MILLIS, () -> cutOff[0] = false);
    for (var forgetful : List.of(1, 2)) {
      time.in(crashAt + 20, () -> committee.member(forgetful).crash());
      time.in(crashAt + 50, () -> committee.member(forgetful).start());
    }
  }

  private static void putBack(
      VirtualCommittee<ToyRules.Block, ToyRules> committee,
      VirtualTime time,
      long crashAt,
      int age) {
    var old = committee.member(OLD);
    time.in(
        crashAt - age,
        () -> {
          var copy = old.copyOfJournal();
          time.in(age, () -> old.bringBack(copy, DOWN_MILLIS));
        });
  }

  /** What befalls a committee. */
  private interface Trouble {

    void befall(
        VirtualCommittee<ToyRules.Block, ToyRules> committee, VirtualTime time, Random draw);
  }
}
