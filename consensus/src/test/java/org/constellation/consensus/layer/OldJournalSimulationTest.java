package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.constellation.consensus.testkit.Suite;
import org.constellation.consensus.testkit.Trace;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

/**
 * Up to f members whose disks come back empty, or as they were some rounds before. None of them may
 * contradict what it said before; the others go on without them.
 */
class OldJournalSimulationTest {

  private static final int SEEDS = 60;
  private static final long ROUNDS = 20;
  private static final int WORDS = 60;
  private static final long TIME_MAX_MILLIS = 600_000;

  /** Seeds within which a member that asks nobody must be caught. */
  private static final int SEEDS_TO_BE_CAUGHT = 20;

  @Test
  void whoseJournalIsOldContradictsNothing() {
    var tally = new Tally();
    var suite =
        new Suite(
            "old-journal",
            (seed, trace) -> {
              var run = new Run(seed, trace, LayerMachine::real);
              var wrong = run.wrong();
              if (!wrong.isEmpty()) {
                throw new AssertionError(String.join(System.lineSeparator(), wrong));
              }
              tally.add(run);
              return run.ran();
            });
    var report = suite.run(1, SEEDS);
    System.out.printf(
        "SIM old-journal: %d members silenced, %d of them with an empty journal; %d went on%n",
        tally.silenced, tally.emptied, tally.wentOn);
    if (report.isWhole()) {
      assertThat(tally.silenced).isGreaterThan(SEEDS / 2);
      assertThat(tally.emptied).isGreaterThan(SEEDS / 10);
    }
  }

  @Test
  void whoAsksNobodyIsCaught() {
    var asksNobody = BrokenLayer.ASKS_NOBODY.maker();
    for (var seed = 1L; seed <= SEEDS_TO_BE_CAUGHT; seed++) {
      var wrong = new Run(seed, Trace.none(), asksNobody).wrong();
      if (wrong.stream().anyMatch(line -> line.startsWith("ONE VALUE"))) {
        System.out.printf("SIM old-journal: who asks nobody is first caught by seed %d%n", seed);
        return;
      }
    }
    throw new AssertionError("nobody noticed in " + SEEDS_TO_BE_CAUGHT + " seeds");
  }

  /** Seeds run side by side, and all count here. */
  private static final class Tally {
    private int silenced;
    private int emptied;
    private int wentOn;

    synchronized void add(Run run) {
      for (var victim : run.victims) {
        var halted = run.committee.member(victim).halted();
        silenced += halted.isPresent() ? 1 : 0;
        emptied += halted.isPresent() && run.isEmptied(victim) ? 1 : 0;
        wentOn += halted.isEmpty() ? 1 : 0;
      }
    }
  }

  /** One seed. */
  private static final class Run {
    private final VirtualTime time;
    private final Random draw;
    private final int size;
    private final VirtualCommittee<ToyRules.Block, ToyRules> committee;
    private final TreeSet<Integer> victims = new TreeSet<>();
    private final TreeSet<Integer> emptied = new TreeSet<>();
    private final Weather weather;
    private final long startedMillis;

    private Run(long seed, Trace trace, LayerMachine.Maker victimsLayer) {
      this.time = new VirtualTime(seed, trace);
      this.draw = new Random(seed * 17 + 5);
      this.size = List.of(4, 5, 7).get(draw.nextInt(3));
      this.weather = new Weather(2 + draw.nextInt(150), draw.nextInt(10), draw.nextInt(10));
      var keys = VirtualCommittee.keys(Committee.GALAXY, size);
      this.committee =
          VirtualCommittee.cheap(
              time,
              weather,
              Hash.ZERO,
              VirtualCommittee.plan(Committee.GALAXY, keys),
              keys,
              seed,
              LayerTiming.withIdle(1_000),
              _ -> new ToyRules());
      committee.watch().read(ToyRules.Block::previous, block -> block);
      var count = 1 + draw.nextInt((size - 1) / 3);
      while (victims.size() < count) {
        victims.add(draw.nextInt(size));
      }
      for (var victim : victims) {
        committee.member(victim).run(victimsLayer);
        schedule(committee.member(victim));
      }
      this.startedMillis = time.nowMillis();
      committee.start();
      scheduleWords();
    }

    /** With nothing to say, a member would say the same again. */
    private void scheduleWords() {
      for (var i = 0; i < WORDS; i++) {
        var word = Bytes.copyOf(("w" + i).getBytes(StandardCharsets.UTF_8));
        var holders = committee.members().stream().filter(_ -> draw.nextInt(4) > 0).toList();
        time.in(
            draw.nextInt(12_000),
            () -> holders.forEach(holder -> holder.change(rules -> rules.add(word))));
      }
    }

    /** A copy is made at one time, and brought back some time later. */
    private void schedule(VirtualMember<ToyRules.Block, ToyRules> victim) {
      var copyAfter = draw.nextInt(4_000);
      var crashAfter = 2_500 + draw.nextInt(4_000);
      var isEmptied = draw.nextInt(3) == 0;
      if (isEmptied) {
        emptied.add(victim.index());
      }
      // What was under way is heard or lost before it is back: nobody can know what nobody heard.
      // After a long time the others have forgotten its votes, and blocks alone can show them.
      var down = weather.delayMaxMillis() + (draw.nextInt(4) == 0 ? 8_000 : draw.nextInt(1_500));
      time.in(
          copyAfter,
          () -> {
            List<Bytes> copy = isEmptied ? List.of() : victim.copyOfJournal();
            time.in(crashAfter, () -> victim.bringBack(copy, down));
          });
    }

    private boolean isEmptied(int victim) {
      return emptied.contains(victim);
    }

    private boolean isOver() {
      return time.nowMillis() > startedMillis + 25_000
          && committee.members().stream()
              .filter(member -> !victims.contains(member.index()))
              .allMatch(
                  member ->
                      !member.certified().isEmpty()
                          && member.certified().getLast().round() >= ROUNDS);
    }

    private List<String> wrong() {
      var wrong = new ArrayList<String>();
      if (!time.runUntil(this::isOver, TIME_MAX_MILLIS)) {
        wrong.add("TERMINATION");
        committee.members().forEach(member -> wrong.add(member.status().toString()));
      }
      wrong.addAll(committee.watch().violations());
      for (var member : committee.members()) {
        var isVictim = victims.contains(member.index());
        member
            .halted()
            .filter(reason -> !isVictim || !reason.startsWith("journal is older than"))
            .ifPresent(reason -> wrong.add("m" + member.index() + " halted: " + reason));
        member.faults().stream()
            .map(fault -> "EVIDENCE: m" + member.index() + " blames " + fault)
            .forEach(wrong::add);
      }
      return wrong;
    }

    private Suite.Ran ran() {
      return new Suite.Ran(size, ROUNDS, false, Crypto.CHEAP.signatures());
    }
  }
}
