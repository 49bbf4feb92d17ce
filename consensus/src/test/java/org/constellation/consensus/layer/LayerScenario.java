package org.constellation.consensus.layer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.constellation.consensus.testkit.Draw;
import org.constellation.consensus.testkit.Suite;
import org.constellation.consensus.testkit.Trace;
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
  private static final long LOOK_MILLIS = 20;

  private final VirtualTime time;
  private final Random draw;
  private final Crypto crypto;
  private final int size;
  private final VirtualCommittee<ToyRules.Block, ToyRules> committee;
  private final TreeMap<Integer, Corruption> faulty = new TreeMap<>();
  private final TreeMap<Long, List<Runnable>> dueAtRound = new TreeMap<>();
  private final List<String> plan = new ArrayList<>();
  private final List<Bytes> words = new ArrayList<>();
  private final boolean isCoinAware;

  /** What is wrong with the members, so that a check has something to find. */
  record Flaw(LayerMachine.Maker layer, boolean sendsBeforeItPersists) {
    static final Flaw NONE = new Flaw(LayerMachine::real, false);
  }

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

  LayerScenario(long seed, Trace trace) {
    this(seed, trace, Flaw.NONE);
  }

  LayerScenario(long seed, Trace trace, Flaw flaw) {
    this.time = new VirtualTime(seed, trace);
    this.draw = new Random(seed * 31 + 7);
    this.crypto = Crypto.of(seed);
    var random = new SplittableRandom(seed);
    this.size = size(random);
    var weather = new Weather(2 + draw.nextInt(250), draw.nextInt(15), draw.nextInt(10));
    plan.add("seed " + seed + ", " + size + " members, " + crypto + ", " + weather);
    drawFaulty();
    var keys = crypto.keys(Committee.GALAXY, size);
    this.committee =
        new VirtualCommittee<>(
            time,
            weather,
            Hash.ZERO,
            VirtualCommittee.plan(Committee.GALAXY, keys),
            keys,
            crypto,
            seed,
            LayerTiming.withIdle(1_000),
            this::rulesOf);
    committee.watch().read(ToyRules.Block::previous, block -> block);
    this.isCoinAware = draw.nextInt(3) == 0;
    if (isCoinAware) {
      plan.add("the network knows the coins");
      committee.foresee(Draw.members(committee.roster(), random, 50), 2 * weather.delayMaxMillis());
    }
    faulty.keySet().forEach(committee::corrupt);
    committee.members().forEach(member -> member.run(flaw.layer()));
    scheduleCrashes(flaw.sendsBeforeItPersists());
    committee.members().forEach(this::watchRounds);
    committee.start();
    faulty.forEach((index, corruption) -> corruption.corrupt(committee, index, draw));
    scheduleWords();
  }

  /** A round costs as the third power of the size: the large ones must be rare. */
  private static int size(SplittableRandom random) {
    var die = random.nextInt(100);
    if (die < 68) {
      return 4 + random.nextInt(2);
    }
    if (die < 92) {
      return 6 + random.nextInt(2);
    }
    return die < 98 ? 8 + random.nextInt(3) : 11 + random.nextInt(6);
  }

  /** As many as may be, mostly. */
  private void drawFaulty() {
    var members = new ArrayList<Integer>();
    for (var i = 0; i < size; i++) {
      members.add(i);
    }
    Collections.shuffle(members, draw);
    var most = (size - 1) / 3;
    var count = draw.nextInt(4) == 0 ? draw.nextInt(most + 1) : most;
    for (var index : members.subList(0, count)) {
      var corruption = Corruption.ALL.get(draw.nextInt(Corruption.ALL.size()));
      faulty.put(index, corruption);
      plan.add("m" + index + " " + corruption);
    }
  }

  private ToyRules rulesOf(int index) {
    var corruption = faulty.get(index);
    if (corruption == null) {
      return new ContentWatch(committee);
    }
    return switch (corruption) {
      case ABSENT_BODIES -> new BoastingRules();
      case NONSENSE -> new NonsenseRules();
      case SILENT,
          HELPS_THEN_SILENT,
          TWIN_APART,
          TWIN_BEFORE_ALL,
          EQUIVOCATES_PROPOSAL,
          DOUBLE_VOTES,
          DOUBLE_SIGNS,
          MALFORMED_SHARES,
          AGAINST_COIN,
          WITHHOLDS,
          BABBLES,
          GARBLES ->
          new ToyRules();
    };
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

  /** Crashes are spread over the rounds, not over time: a run takes as long as its weather. */
  private void scheduleCrashes(boolean sendsBeforeItPersists) {
    var crashes = draw.nextInt(4) == 0 ? 0 : 1 + draw.nextInt(8);
    for (var i = 0; i < crashes; i++) {
      var round = (long) draw.nextInt(ROUNDS);
      var after = draw.nextInt(1_000);
      var down = draw.nextInt(4_000);
      var point =
          sendsBeforeItPersists
              ? CrashPoint.SENT_UNSAVED
              : CrashPoint.OF_CORRECT.get(draw.nextInt(CrashPoint.OF_CORRECT.size()));
      var correct = committee.correct();
      var all = draw.nextInt(6) == 0;
      var victims = all ? correct : List.of(correct.get(draw.nextInt(correct.size())));
      plan.add(
          "%s %s %d ms after round %d for %d ms"
              .formatted(
                  all ? "all crash" : "m" + victims.getFirst().index() + " crashes",
                  point,
                  after,
                  round,
                  down));
      dueAtRound
          .computeIfAbsent(round, _ -> new ArrayList<>())
          .add(
              () ->
                  victims.forEach(
                      victim -> time.in(after, () -> victim.crashAtNextStep(point, down))));
    }
    doDue(0);
  }

  private void watchRounds(VirtualMember<ToyRules.Block, ToyRules> member) {
    if (!committee.isFaulty(member.index())) {
      committee.onCertified(member.index(), block -> doDue(block.round()));
    }
  }

  private void doDue(long round) {
    var due = dueAtRound.remove(round);
    if (due != null) {
      due.forEach(Runnable::run);
    }
  }

  private static Bytes word(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Runs it; what went wrong. */
  List<String> run() {
    plan.forEach(line -> time.trace("drawn", line));
    var done = runUntil(this::isOver);
    var last = committee.watch().newest();
    done = done && runUntil(() -> committee.certifiedEverywhere() >= last);
    var wrong = new ArrayList<>(committee.violations());
    if (!done) {
      wrong.add("TERMINATION: round " + committee.certifiedEverywhere() + " after all that time");
      committee.correct().forEach(member -> wrong.add(member.index() + ": " + member.status()));
    }
    if (wrong.isEmpty()) {
      var correct = committee.correct().stream().map(VirtualMember::index).toList();
      wrong.addAll(committee.watch().missing(correct, last));
    }
    if (!wrong.isEmpty()) {
      wrong.addAll(0, plan);
    }
    return wrong;
  }

  /** Looks now and then only: there are many more events than changes. */
  private boolean runUntil(BooleanSupplier done) {
    var end = time.nowMillis() + TIME_MAX_MILLIS;
    while (!done.getAsBoolean() && !committee.isBroken()) {
      if (time.nowMillis() >= end) {
        return false;
      }
      time.runUntil(() -> false, LOOK_MILLIS);
    }
    return true;
  }

  private boolean isOver() {
    return committee.certifiedEverywhere() >= ROUNDS
        && committee.correct().stream()
            .allMatch(member -> member.isUp() && words.stream().allMatch(member.rules()::isKnown));
  }

  Suite.Ran ran() {
    return new Suite.Ran(
        size, committee.certifiedEverywhere(), crypto == Crypto.REAL, crypto.signatures());
  }

  boolean isCoinAware() {
    return isCoinAware;
  }

  List<Corruption> corruptions() {
    return List.copyOf(faulty.values());
  }

  VirtualCommittee<ToyRules.Block, ToyRules> committee() {
    return committee;
  }
}
