package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.constellation.consensus.cluster.Checkpoint;
import org.constellation.consensus.cluster.ClusterRules;
import org.constellation.consensus.galaxy.ExecutedBlock;
import org.constellation.consensus.galaxy.GalaxyRules;
import org.constellation.consensus.testkit.Trace;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.protocol.wire.GenesisCodec;

/** Clusters, a galaxy and stars in one simulated world: everything but brokers and disks. */
final class VirtualWorld {

  private static final long RESEND_MILLIS = 700;
  private static final long SNAPSHOT_INTERVAL = 5;

  /** Members may hold different certificates of one block; blocks are compared without. */
  private static final Certificate UNSIGNED = new Certificate(List.of());

  private final VirtualTime time;
  private final Crypto crypto;
  private final Weather weather;
  private final Genesis genesis;
  private final List<VirtualCommittee<Checkpoint, ClusterRules>> clusters = new ArrayList<>();
  private final VirtualCommittee<ExecutedBlock, GalaxyRules> galaxy;
  private final List<VirtualStar> stars = new ArrayList<>();
  private final VirtualStar careless;
  private final TreeMap<Long, Hash> hashes = new TreeMap<>();
  private final TreeMap<Long, LedgerState> states = new TreeMap<>();
  private final TreeMap<Hash, List<Receipt>> receipts = new TreeMap<>();
  private final TreeMap<Hash, Integer> settled = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();

  VirtualWorld(
      long seed,
      Weather weather,
      int clusterCount,
      int clusterSize,
      int galaxySize,
      int starCount) {
    this(
        seed,
        Trace.none(),
        Crypto.CHEAP,
        weather,
        clusterCount,
        clusterSize,
        galaxySize,
        starCount);
  }

  VirtualWorld(
      long seed,
      Trace trace,
      Crypto crypto,
      Weather weather,
      int clusterCount,
      int clusterSize,
      int galaxySize,
      int starCount) {
    this.time = new VirtualTime(seed, trace);
    this.crypto = crypto;
    this.weather = weather;
    var parameters = Genesis.Parameters.DEFAULT;
    var galaxyKeys = crypto.keys(Committee.GALAXY, galaxySize);
    var clusterKeys = new ArrayList<List<SigningKey>>();
    var clusterPlans = new ArrayList<EraPlan>();
    for (var c = 0; c < clusterCount; c++) {
      clusterKeys.add(crypto.keys(Committee.ofCluster(c), clusterSize));
      clusterPlans.add(VirtualCommittee.plan(Committee.ofCluster(c), clusterKeys.get(c)));
    }
    var keys = IntStream.rangeClosed(0, starCount).mapToObj(i -> crypto.key("star", i)).toList();
    this.genesis =
        GenesisCodec.genesis(
            "sim",
            parameters,
            VirtualCommittee.plan(Committee.GALAXY, galaxyKeys),
            clusterPlans,
            IntStream.rangeClosed(0, starCount)
                .mapToObj(i -> VirtualStar.genesis(keys.get(i), i % clusterCount))
                .sorted(Comparator.comparing(Genesis.GenesisStar::star))
                .toList(),
            time.nowMillis());
    var first = LedgerState.genesis(genesis);
    states.put(0L, first);
    for (var i = 0; i < starCount; i++) {
      stars.add(new VirtualStar(genesis.network(), keys.get(i), i % clusterCount));
    }
    this.careless =
        new VirtualStar(genesis.network(), keys.get(starCount), starCount % clusterCount);
    var timing = LayerTiming.withIdle(parameters.idleRoundMillis());
    for (var c = 0; c < clusterCount; c++) {
      var plan = clusterPlans.get(c);
      clusters.add(
          new VirtualCommittee<>(
              time,
              weather,
              genesis.network(),
              plan,
              clusterKeys.get(c),
              crypto,
              seed + 1 + c,
              timing,
              _ -> {
                var rules = new ClusterRules(plan, first, crypto.verifier());
                states.values().forEach(rules::learn);
                return rules;
              }));
    }
    this.galaxy =
        new VirtualCommittee<>(
            time,
            weather,
            genesis.network(),
            genesis.galaxy(),
            galaxyKeys,
            crypto,
            seed,
            timing,
            _ -> {
              var rules = galaxyRules();
              rules.storedThrough(snapshotHeight());
              return rules;
            });
    connect();
    for (var cluster : clusters) {
      cluster
          .watch()
          .read(
              block -> block.header().previous(),
              block -> CheckpointCodec.encode(block.certifiedBy(UNSIGNED)));
    }
    galaxy.watch().read(block -> block.header().previous(), VirtualWorld::unsigned);
  }

  /** Whose signatures stand under a checkpoint is open, too: any n−f do. */
  private static Bytes unsigned(ExecutedBlock block) {
    var content = block.content();
    var checkpoints =
        content.checkpoints().stream()
            .map(c -> new CertifiedCheckpoint(c.header(), UNSIGNED, c.body()))
            .toList();
    var bare =
        new GalaxyContent(checkpoints, content.notices(), content.evidence(), content.votes());
    return GalaxyCodec.encode(new GalaxyBlock(block.header(), UNSIGNED, bare, block.receipts()));
  }

  VirtualTime time() {
    return time;
  }

  Genesis genesis() {
    return genesis;
  }

  VirtualCommittee<ExecutedBlock, GalaxyRules> galaxy() {
    return galaxy;
  }

  VirtualCommittee<Checkpoint, ClusterRules> cluster(int number) {
    return clusters.get(number);
  }

  List<VirtualCommittee<Checkpoint, ClusterRules>> clusters() {
    return clusters;
  }

  List<VirtualStar> stars() {
    return stars;
  }

  LedgerState ledger() {
    return states.lastEntry().getValue();
  }

  void start() {
    clusters.forEach(VirtualCommittee::start);
    galaxy.start();
    time.every(RESEND_MILLIS, this::resend);
  }

  /** Sends a star's segment to its home. */
  void gossip(Segment segment, int home) {
    for (var member : clusters.get(home).members()) {
      lossy(() -> member.change(rules -> rules.offer(segment)));
    }
  }

  /** A galaxy member starts from its organisation's newest snapshot; the journal has the rest. */
  private GalaxyRules galaxyRules() {
    var height = snapshotHeight();
    var tip = height == 0 ? GalaxyHeader.genesisOf(genesis.network()) : hashes.get(height);
    return new GalaxyRules(
        genesis.galaxy(),
        Objects.requireNonNull(states.get(height)),
        Objects.requireNonNull(tip),
        crypto.verifier());
  }

  private long snapshotHeight() {
    return states.lastKey() / SNAPSHOT_INTERVAL * SNAPSHOT_INTERVAL;
  }

  private void connect() {
    for (var cluster : clusters) {
      for (var member : cluster.members()) {
        cluster.onCertified(member.index(), block -> toGalaxy(block.encoded()));
      }
    }
    for (var member : galaxy.members()) {
      galaxy.onCertified(
          member.index(),
          block -> {
            if (!galaxy.isFaulty(member.index())) {
              learn(block);
            }
          });
    }
  }

  private void toGalaxy(Bytes checkpoint) {
    for (var member : galaxy.members()) {
      lossy(() -> member.change(rules -> rules.offerBody(checkpoint)));
    }
  }

  /** The first certificate of a height makes it everybody's. */
  private void learn(CertifiedBlock<ExecutedBlock> block) {
    var state = block.block().state();
    var before = states.putIfAbsent(block.round(), state);
    if (before != null) {
      if (!before.root().equals(state.root())) {
        violations.add("REPRODUCIBLE: two states at " + block.round());
      }
      return;
    }
    hashes.put(block.round(), block.hash());
    if (block.round() % SNAPSHOT_INTERVAL == 0) {
      galaxy.members().forEach(member -> time.in(1, () -> store(member, block.round())));
    }
    for (var receipt : block.block().receipts()) {
      if (receipt.outcome() == Outcome.SETTLED) {
        settled.merge(receipt.transaction(), 1, Integer::sum);
      }
      receipts.computeIfAbsent(receipt.subject(), _ -> new ArrayList<>()).add(receipt);
    }
    for (var cluster : clusters) {
      for (var member : cluster.members()) {
        // Whoever follows the blackhole gets every height in order, however late.
        time.in(
            1 + time.random().nextInt(weather.delayMaxMillis()),
            () -> member.change(rules -> learnUpTo(rules, block.round())));
      }
    }
  }

  private static void store(VirtualMember<ExecutedBlock, GalaxyRules> member, long height) {
    member.change(rules -> rules.storedThrough(height));
  }

  private void learnUpTo(ClusterRules rules, long height) {
    states.headMap(height, true).values().forEach(rules::learn);
  }

  private void resend() {
    for (var star : stars) {
      star.unfinished(this::hasReceipt).forEach(segment -> gossip(segment, star.home()));
    }
    careless.unfinished(this::hasReceipt).forEach(segment -> gossip(segment, careless.home()));
    for (var c = 0; c < clusters.size(); c++) {
      var last = ledger().cluster(c).orElseThrow().round();
      for (var member : clusters.get(c).members()) {
        member.certified().stream()
            .filter(block -> block.round() > last)
            .limit(4)
            .forEach(block -> toGalaxy(block.encoded()));
      }
    }
  }

  private void lossy(Runnable delivery) {
    if (time.random().nextInt(100) >= weather.lossPercent()) {
      time.in(1 + time.random().nextInt(weather.delayMaxMillis()), delivery);
    }
  }

  boolean hasReceipt(Hash halfBlock) {
    return receipts.containsKey(halfBlock);
  }

  List<Outcome> outcomes(Hash halfBlock) {
    return receipts.getOrDefault(halfBlock, List.of()).stream().map(Receipt::outcome).toList();
  }

  boolean hasSettled(Hash transaction) {
    return settled.containsKey(transaction);
  }

  /** A star of the genesis that keeps apart: what it does is its own fault. */
  VirtualStar addCarelessStar() {
    return careless;
  }

  /** How far everybody is, for the reader of a failure. */
  String report() {
    var report = new StringBuilder();
    clusters.forEach(
        cluster ->
            cluster.members().forEach(member -> report.append(member.status()).append('\n')));
    galaxy.members().forEach(member -> report.append(member.status()).append('\n'));
    return report.append("height ").append(ledger().height()).toString();
  }

  /** Whether every half-block of every star got its receipt. */
  boolean isSettled() {
    return stars.stream().allMatch(star -> star.unfinished(this::hasReceipt).isEmpty());
  }

  /** Whether something went wrong already, so that there is no use in going on. */
  boolean isBroken() {
    return galaxy.isBroken() || clusters.stream().anyMatch(VirtualCommittee::isBroken);
  }

  /** TOTALITY: blocks that members lack which never lost power; others may know them as history. */
  List<String> missing() {
    var missing = new ArrayList<>(missingOf(galaxy));
    clusters.forEach(cluster -> missing.addAll(missingOf(cluster)));
    return missing;
  }

  private static List<String> missingOf(VirtualCommittee<?, ?> committee) {
    var steady =
        committee.correct().stream()
            .filter(member -> member.crashes() == 0)
            .map(VirtualMember::index)
            .toList();
    return committee.watch().missing(steady, committee.certifiedEverywhere());
  }

  /** AGREEMENT, EVIDENCE, REPRODUCIBLE, CONSERVATION, CHAIN and ONCE as far as seen. */
  List<String> violations() {
    var all = new ArrayList<>(violations);
    clusters.forEach(cluster -> all.addAll(cluster.violations()));
    all.addAll(galaxy.violations());
    clusters.forEach(cluster -> all.addAll(cluster.wronglyConvicted(ledger())));
    all.addAll(galaxy.wronglyConvicted(ledger()));
    for (var star : stars) {
      if (ledger().star(star.id()).orElseThrow().forked()) {
        all.add("EVIDENCE: " + star.id() + " is marked, and never forked");
      }
    }
    var ledger = ledger();
    var supply = stars.size() * VirtualStar.INITIAL_BALANCE;
    var held = stars.stream().mapToLong(star -> star.held(ledger)).sum();
    var balances = stars.stream().mapToLong(star -> ledger.balance(star.id(), AssetId.NO0S)).sum();
    if (held + balances != supply) {
      all.add("CONSERVATION: " + balances + " + " + held + " is not " + supply);
    }
    for (var star : stars) {
      star.violation(ledger).ifPresent(all::add);
    }
    settled.forEach(
        (transaction, times) -> {
          if (times > 1) {
            all.add("ONCE: " + transaction + " settled " + times + " times");
          }
        });
    return all;
  }
}
