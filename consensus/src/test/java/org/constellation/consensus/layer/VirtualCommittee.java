package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.testkit.Coins;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;

/** One committee in a simulated world, the lines between its members, and what must hold of it. */
final class VirtualCommittee<B, R extends LayerRules<B>> {

  private final VirtualTime time;
  private final Weather weather;
  private final EraPlan plan;
  private final List<VirtualMember<B, R>> members = new ArrayList<>();
  private final TreeMap<Integer, VirtualMember<B, R>> twins = new TreeMap<>();
  private final IntFunction<VirtualMember<B, R>> maker;
  private final TreeSet<Integer> faulty = new TreeSet<>();
  private final TreeMap<Long, Hash> agreed = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();

  VirtualCommittee(
      VirtualTime time,
      Weather weather,
      Hash network,
      EraPlan plan,
      List<? extends SigningKey> keys,
      SignatureVerifier verifier,
      Coins coins,
      LayerTiming timing,
      IntFunction<R> rules) {
    this.time = time;
    this.weather = weather;
    this.plan = plan;
    this.maker =
        index ->
            new VirtualMember<B, R>(
                time,
                this,
                new LayerConfig(network, plan, index, timing),
                keys.get(index),
                new LayerPorts(coins.of(new MemberIndex(index)), keys.get(index)::sign, verifier),
                () -> rules.apply(index));
    for (var i = 0; i < plan.members().size(); i++) {
      var index = i;
      var member = maker.apply(i);
      member.onCertified(block -> watch(index, block));
      members.add(member);
    }
  }

  /** A committee whose keys and coins are fast and worthless. */
  static <B, R extends LayerRules<B>> VirtualCommittee<B, R> cheap(
      VirtualTime time,
      Weather weather,
      Hash network,
      EraPlan plan,
      List<MacKey> keys,
      long coinSeed,
      LayerTiming timing,
      IntFunction<R> rules) {
    var coins = new KeyedHashCoins(new Roster(plan.members().size()), coinSeed);
    return new VirtualCommittee<>(
        time, weather, network, plan, keys, MacKey.VERIFIER, coins, timing, rules);
  }

  /** Keys in the order in which a plan lists them. */
  static List<MacKey> keys(Committee committee, int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> MacKey.of(committee.toString(), i))
        .sorted(Comparator.comparing(MacKey::publicKey))
        .toList();
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

  List<VirtualMember<B, R>> members() {
    return members;
  }

  VirtualMember<B, R> member(int index) {
    return members.get(index);
  }

  /** Declares a member faulty: nothing is promised about it, and it may be blamed. */
  VirtualMember<B, R> corrupt(int index) {
    faulty.add(index);
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
      return;
    }
    var copies = random.nextInt(100) < weather.repeatPercent() ? 2 : 1;
    for (var copy = 0; copy < copies; copy++) {
      time.in(
          1 + random.nextInt(weather.delayMaxMillis()),
          () -> {
            time.trace(envelope.signature());
            members.get(to).receive(from, envelope);
            var twin = twins.get(to);
            if (twin != null) {
              twin.receive(from, envelope);
            }
          });
    }
  }

  /** The lowest round that all correct members have certified. */
  long certifiedEverywhere() {
    return correct().stream()
        .mapToLong(
            member -> member.certified().isEmpty() ? 0 : member.certified().getLast().round())
        .min()
        .orElse(0);
  }

  List<String> violations() {
    var all = new ArrayList<>(violations);
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

  /** AGREEMENT, and rounds without gaps. */
  private void watch(int member, CertifiedBlock<B> block) {
    time.trace(block.hash());
    if (faulty.contains(member)) {
      return;
    }
    var before = agreed.putIfAbsent(block.round(), block.hash());
    if (before != null && !before.equals(block.hash())) {
      violations.add("AGREEMENT: two certified blocks in round " + block.round());
    }
    if (block.round() > 1 && !agreed.containsKey(block.round() - 1)) {
      violations.add("AGREEMENT: round " + block.round() + " certified before its predecessor");
    }
  }

  void onCertified(int member, Consumer<CertifiedBlock<B>> listener) {
    members
        .get(member)
        .onCertified(
            block -> {
              watch(member, block);
              listener.accept(block);
            });
  }
}
