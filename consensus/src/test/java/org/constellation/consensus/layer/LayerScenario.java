package org.constellation.consensus.layer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.constellation.consensus.Roster;
import org.constellation.consensus.testkit.Coins;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.consensus.testkit.ThresholdCoins;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.envelope.Committee;

/**
 * A layer's life as a seed draws it: how many members, what weather, who is faulty and how, who
 * crashes when. Correct members must agree, go on, and blame nobody who is correct.
 */
final class LayerScenario {

  static final int ROUNDS = 20;

  private static final long TIME_MAX_MILLIS = 900_000;

  private final VirtualTime time;
  private final Random draw;
  private final int size;
  private final boolean realCoins;
  private final VirtualCommittee<ToyRules.Block, ToyRules> committee;
  private final List<String> plan = new ArrayList<>();
  private final List<Bytes> words = new ArrayList<>();

  /** A member that names a body which does not exist. */
  private static final class BoastingRules extends ToyRules {
    @Override
    public Bytes propose(ProposalContext context) {
      var nothing = Hashing.tagged("TEST-NOTHING").number(context.round()).finish();
      return payload(context.previousHash(), List.of(nothing));
    }
  }

  /** A member whose proposals do not extend the chain, or are nothing. */
  private static final class NonsenseRules extends ToyRules {
    @Override
    public Bytes propose(ProposalContext context) {
      return context.round() % 2 == 0
          ? payload(Hash.ZERO, List.of())
          : Bytes.copyOf(new byte[] {1, 2, 3});
    }
  }

  LayerScenario(long seed, int size, boolean realCoins) {
    this.time = new VirtualTime(seed);
    this.draw = new Random(seed * 31 + 7);
    this.size = size;
    this.realCoins = realCoins;
    var roster = new Roster(size);
    var weather = new Weather(2 + draw.nextInt(250), draw.nextInt(15), draw.nextInt(10));
    plan.add("seed " + seed + ", " + size + " members, " + weather);
    var faulty = faulty(roster);
    var odd = new ArrayList<Integer>();
    var kinds = new ArrayList<Integer>();
    for (var member : faulty) {
      var kind = draw.nextInt(6);
      kinds.add(kind);
      if (kind == 4 || kind == 5) {
        odd.add(member);
      }
    }
    var keys = VirtualCommittee.keys(Committee.GALAXY, size);
    Coins coins = realCoins ? new ThresholdCoins(roster, seed) : new KeyedHashCoins(roster, seed);
    this.committee =
        new VirtualCommittee<>(
            time,
            weather,
            Hash.ZERO,
            VirtualCommittee.plan(Committee.GALAXY, keys),
            keys,
            MacKey.VERIFIER,
            coins,
            LayerTiming.withIdle(1_000),
            index ->
                !odd.contains(index)
                    ? new ToyRules()
                    : kinds.get(faulty.indexOf(index)) == 4
                        ? new BoastingRules()
                        : new NonsenseRules());
    committee.start();
    for (var i = 0; i < faulty.size(); i++) {
      corrupt(faulty.get(i), kinds.get(i));
    }
    scheduleWords();
    scheduleCrashes();
  }

  private List<Integer> faulty(Roster roster) {
    var members = new ArrayList<>(roster.members().stream().map(m -> m.value()).toList());
    Collections.shuffle(members, draw);
    return members.subList(0, draw.nextInt(roster.maxFaulty() + 1));
  }

  private void corrupt(int index, int kind) {
    var member = committee.corrupt(index);
    var others = committee.others(index);
    switch (kind) {
      case 0 -> {
        plan.add("m" + index + " falls silent");
        member.behave(Misbehaviour.silentAfter(time, draw.nextInt(5_000)));
      }
      case 1 -> {
        plan.add("m" + index + " has a twin that says something else to some");
        var some = others.stream().filter(_ -> draw.nextBoolean()).toList();
        var rest = others.stream().filter(other -> !some.contains(other)).toList();
        member.behave(Misbehaviour.onlyTo(some));
        var twin = committee.twin(index);
        twin.change(rules -> rules.add(word("twin")));
        twin.behave(Misbehaviour.onlyTo(rest));
      }
      case 2 -> {
        plan.add("m" + index + " has a twin that contradicts it before all");
        committee.twin(index).change(rules -> rules.add(word("twin")));
      }
      case 3 -> {
        plan.add("m" + index + " garbles");
        member.behave(Misbehaviour.garbling(new Random(draw.nextLong())));
      }
      case 4 -> plan.add("m" + index + " names absent bodies");
      case 5 -> plan.add("m" + index + " proposes nonsense");
      default -> throw new IllegalStateException("no such fault: " + kind);
    }
  }

  private void scheduleWords() {
    for (var i = 0; i < 30; i++) {
      var word = word("w" + i);
      var holders = committee.members().stream().filter(_ -> draw.nextInt(4) > 0).toList();
      words.add(word);
      time.in(
          draw.nextInt(6_000),
          () -> holders.forEach(holder -> holder.change(rules -> rules.add(word))));
    }
  }

  private void scheduleCrashes() {
    var crashes = draw.nextInt(6);
    for (var i = 0; i < crashes; i++) {
      var at = draw.nextInt(8_000);
      var down = draw.nextInt(4_000);
      var beforeSync = draw.nextBoolean();
      if (draw.nextInt(4) == 0) {
        plan.add("all crash at " + at + " for " + down);
        committee.correct().forEach(member -> crash(member, at, down, beforeSync));
      } else {
        var victim = committee.correct().get(draw.nextInt(committee.correct().size()));
        plan.add("m" + victim.index() + " crashes at " + at + " for " + down);
        crash(victim, at, down, beforeSync);
      }
    }
  }

  private void crash(
      VirtualMember<ToyRules.Block, ToyRules> member, int at, int down, boolean beforeSync) {
    time.in(at, () -> member.crashAtNextStep(beforeSync, down));
  }

  private static Bytes word(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Runs it; what went wrong. */
  List<String> run() {
    var done = time.runUntil(this::isOver, TIME_MAX_MILLIS);
    var wrong = new ArrayList<>(committee.violations());
    if (!done) {
      wrong.add("TERMINATION: round " + committee.certifiedEverywhere() + " after all that time");
      committee.correct().forEach(member -> wrong.add(member.index() + ": " + member.status()));
    }
    if (!wrong.isEmpty()) {
      wrong.addAll(0, plan);
    }
    return wrong;
  }

  private boolean isOver() {
    return committee.certifiedEverywhere() >= ROUNDS
        && committee.correct().stream()
            .allMatch(member -> member.isUp() && words.stream().allMatch(member.rules()::isKnown));
  }

  long trace() {
    return time.trace();
  }

  long rounds() {
    return committee.certifiedEverywhere();
  }

  boolean hasRealCoins() {
    return realCoins;
  }

  int size() {
    return size;
  }

  VirtualCommittee<ToyRules.Block, ToyRules> committee() {
    return committee;
  }
}
