package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Vote;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.testkit.CoinAwareScheduler;
import org.constellation.consensus.testkit.Coins;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.EnvelopeCodec;

/** One committee in a simulated world, the lines between its members, and what must hold of it. */
final class VirtualCommittee<B, R extends LayerRules<B>> {

  private final VirtualTime time;
  private final Weather weather;
  private final EraPlan plan;
  private final List<VirtualMember<B, R>> members = new ArrayList<>();
  private final TreeMap<Integer, VirtualMember<B, R>> twins = new TreeMap<>();
  private final IntFunction<VirtualMember<B, R>> maker;
  private final TreeSet<Integer> faulty = new TreeSet<>();
  private final LayerConfig config;
  private final Crypto crypto;
  private final Coins coins;
  private final LayerWatch<B> watch;
  private final TreeMap<Long, CoinAwareScheduler<Vote>> foreseeing = new TreeMap<>();
  private MemberSet against = MemberSet.EMPTY;
  private int holdBackMillis;

  VirtualCommittee(
      VirtualTime time,
      Weather weather,
      Hash network,
      EraPlan plan,
      List<? extends SigningKey> keys,
      Crypto crypto,
      long coinSeed,
      LayerTiming timing,
      IntFunction<R> rules) {
    this.time = time;
    this.crypto = crypto;
    this.coins = crypto.coins(new Roster(plan.members().size()), coinSeed);
    this.config = new LayerConfig(network, plan, 0, timing);
    this.watch = new LayerWatch<>(config, crypto.verifier());
    this.weather = weather;
    this.plan = plan;
    this.maker =
        index ->
            new VirtualMember<B, R>(
                time,
                this,
                new LayerConfig(network, plan, index, timing),
                keys.get(index),
                new LayerPorts(
                    coins.of(new MemberIndex(index)), keys.get(index)::sign, crypto.verifier()),
                () -> rules.apply(index));
    for (var i = 0; i < plan.members().size(); i++) {
      var index = i;
      var member = maker.apply(i);
      member.onCertified(block -> watch.certified(index, block));
      members.add(member);
    }
  }

  /** A committee whose keys and coins are fast and worthless. */
  static <B, R extends LayerRules<B>> VirtualCommittee<B, R> cheap(
      VirtualTime time,
      Weather weather,
      Hash network,
      EraPlan plan,
      List<? extends SigningKey> keys,
      long coinSeed,
      LayerTiming timing,
      IntFunction<R> rules) {
    return new VirtualCommittee<>(
        time, weather, network, plan, keys, Crypto.CHEAP, coinSeed, timing, rules);
  }

  /** Fast and worthless keys in the order in which a plan lists them. */
  static List<SigningKey> keys(Committee committee, int size) {
    return Crypto.CHEAP.keys(committee, size);
  }

  static EraPlan plan(Committee committee, List<? extends SigningKey> keys) {
    var indices = IntStream.rangeClosed(1, keys.size()).boxed().toList();
    var point = new byte[33];
    point[0] = 2;
    var share = Bytes.copyOf(point);
    return new EraPlan(
        committee,
        0,
        keys.stream()
            .<CommitteeMember>map(
                key -> new CommitteeMember(walletOf(key.publicKey()), key.publicKey(), share))
            .toList(),
        new KeySet(
            Hash.ZERO,
            (keys.size() - 1) / 3,
            share,
            Collections.nCopies(keys.size(), share),
            indices),
        0);
  }

  private static StarId walletOf(PublicKey operationalKey) {
    return StarId.of(Hashing.hash("TEST-WALLET", operationalKey.toBytes()).toBytes());
  }

  String name() {
    return plan.committee().toString();
  }

  Roster roster() {
    return config.roster();
  }

  Coins coins() {
    return coins;
  }

  CoinScope coinScope(long round) {
    return config.coinScope(round);
  }

  VirtualTime time() {
    return time;
  }

  LayerWatch<B> watch() {
    return watch;
  }

  /** Lets the network read all votes, know all coins, and keep estimates split as it can. */
  void foresee(MemberSet seeingTheOther, int delayMillis) {
    against = seeingTheOther;
    holdBackMillis = delayMillis;
  }

  List<VirtualMember<B, R>> members() {
    return members;
  }

  VirtualMember<B, R> member(int index) {
    return members.get(index);
  }

  /** Declares a member faulty: nothing is promised about it, and it may be blamed. */
  VirtualMember<B, R> corrupt(int index) {
    faulty.add(index);
    watch.ignore(index);
    return members.get(index);
  }

  /** Gives a faulty member a second self with the same keys, which knows nothing of the first. */
  VirtualMember<B, R> twin(int index) {
    var twin = maker.apply(index);
    twins.put(index, twin);
    twin.start();
    time.every(VirtualMember.TICK_MILLIS, twin::tick);
    return twin;
  }

  boolean isFaulty(int index) {
    return faulty.contains(index);
  }

  List<VirtualMember<B, R>> correct() {
    return members.stream().filter(member -> !faulty.contains(member.index())).toList();
  }

  void start() {
    members.forEach(VirtualMember::start);
    for (var member : members) {
      time.in(
          time.random().nextInt((int) VirtualMember.TICK_MILLIS),
          () -> time.every(VirtualMember.TICK_MILLIS, member::tick));
    }
  }

  List<Integer> others(int index) {
    return IntStream.range(0, members.size()).filter(i -> i != index).boxed().toList();
  }

  void carry(int from, int to, Envelope envelope) {
    var random = time.random();
    if (random.nextInt(100) < weather.lossPercent()) {
      note(from, to, envelope, " is lost");
      return;
    }
    var copies = random.nextInt(100) < weather.repeatPercent() ? 2 : 1;
    var heldBack = heldBack(from, to, envelope);
    for (var copy = 0; copy < copies; copy++) {
      time.in(
          1 + random.nextInt(weather.delayMaxMillis()) + heldBack,
          () -> deliver(from, to, envelope));
    }
  }

  /** Does what a driver does before a layer gets to see an envelope. */
  private void deliver(int from, int to, Envelope envelope) {
    note(from, to, envelope, "");
    if (crypto == Crypto.REAL && !EnvelopeCodec.isSigned(envelope, crypto.verifier())) {
      throw new IllegalStateException("nobody forges envelopes here");
    }
    var twin = twins.get(to);
    if (twin == null) {
      members.get(to).receive(from, envelope);
    } else {
      // Twins do not care what the other one signed.
      var deafTo = Misbehaviour.withoutHeldVotes(envelope);
      members.get(to).receive(from, deafTo);
      twin.receive(from, deafTo);
    }
  }

  private void note(int from, int to, Envelope envelope, String fate) {
    if (time.isTraced()) {
      time.trace(
          name() + " m" + from + "->m" + to,
          envelope.messages().size() + " messages, " + envelope.signature() + fate);
    }
  }

  private long heldBack(int from, int to, Envelope envelope) {
    if (holdBackMillis == 0) {
      return 0;
    }
    var longest = 0L;
    for (var message : envelope.messages()) {
      if (LayerCodec.decode(message).orElse(null)
          instanceof LayerMessage.Ballot(var round, var vote)) {
        var delay = foreseeing(round).delay(new MemberIndex(from), new MemberIndex(to), vote, 0);
        longest = Math.max(longest, delay);
      }
    }
    return longest;
  }

  private CoinAwareScheduler<Vote> foreseeing(long round) {
    return foreseeing.computeIfAbsent(
        round,
        _ ->
            new CoinAwareScheduler<>(
                (_, _, _, _) -> 0, List::of, coins, coinScope(round), against, holdBackMillis));
  }

  /** The lowest round that all correct members have certified. */
  long certifiedEverywhere() {
    return correct().stream()
        .mapToLong(
            member -> member.certified().isEmpty() ? 0 : member.certified().getLast().round())
        .min()
        .orElse(0);
  }

  /** Whether something went wrong already, so that there is no use in going on. */
  boolean isBroken() {
    return !watch.violations().isEmpty()
        || correct().stream().anyMatch(member -> member.halted().isPresent());
  }

  /** How often correct members lost power in the middle of something. */
  int crashes() {
    return correct().stream().mapToInt(VirtualMember::crashes).sum();
  }

  List<String> violations() {
    var all = new ArrayList<>(watch.violations());
    for (var member : correct()) {
      member.halted().ifPresent(reason -> all.add("m" + member.index() + " halted: " + reason));
      member.faults().stream()
          .filter(fault -> !faulty.contains(fault.member()))
          .forEach(fault -> all.add("EVIDENCE: m" + member.index() + " blames " + fault));
    }
    return all;
  }

  /** EVIDENCE: correct members that the ledger convicts. */
  List<String> wronglyConvicted(LedgerState ledger) {
    return correct().stream()
        .filter(
            member -> ledger.isConvicted(plan.committee(), plan.era(), member.key().publicKey()))
        .map(member -> "EVIDENCE: m" + member.index() + " is convicted")
        .toList();
  }

  void onCertified(int member, Consumer<CertifiedBlock<B>> listener) {
    members
        .get(member)
        .onCertified(
            block -> {
              watch.certified(member, block);
              listener.accept(block);
            });
  }
}
