package org.constellation.protocol.state;

import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.merkle.StateEntries;
import org.constellation.protocol.merkle.StateProof;
import org.constellation.protocol.merkle.StateTree;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;

/**
 * The ledger after a galaxy block: everything that execution depends on or leaves behind, under one
 * root. Immutable; the versions of successive heights share what they have in common, so keeping
 * some is cheap. Safe to read from several threads.
 */
public final class LedgerState {

  private final StateTree<StateEntry> entries;
  private final StateEntry.Settings settings;
  private final StateEntry.Clock clock;

  LedgerState(StateTree<StateEntry> entries) {
    this.entries = entries;
    this.settings = required(entries, StateKey.settings(), StateEntry.Settings.class);
    this.clock = required(entries, StateKey.clock(), StateEntry.Clock.class);
  }

  private static <T extends StateEntry> T required(
      StateEntries<StateEntry> entries, byte[] key, Class<T> type) {
    return entries
        .get(key)
        .map(type::cast)
        .orElseThrow(() -> new MalformedSnapshot("no " + type.getSimpleName()));
  }

  /**
   * The state at height 0.
   *
   * @throws ArithmeticException if the balances together are more than 64 bits hold
   */
  public static LedgerState genesis(Genesis genesis) {
    var editor = StateTree.empty(EntryWriter::encode).edit();
    editor.put(
        StateKey.settings(), new StateEntry.Settings(genesis.network(), genesis.parameters()));
    editor.put(
        StateKey.clock(), new StateEntry.Clock(0, LedgerTime.startingAt(genesis.timeMillis())));
    var supply = 0L;
    for (var star : genesis.stars()) {
      editor.put(
          StateKey.star(star.star()),
          StarRecord.arriving(star.star(), star.home(), 0, star.openHoldsMax()));
      if (star.balance() > 0) {
        editor.put(
            StateKey.balance(star.star(), AssetId.NO0S), new StateEntry.Balance(star.balance()));
        supply = Math.addExact(supply, star.balance());
      }
    }
    editor.put(
        StateKey.asset(AssetId.NO0S),
        new AssetRecord(StarId.NOBODY, AssetId.NO0S_SYMBOL, "Constellation's token", 0, supply));
    var plans = Stream.concat(Stream.of(genesis.galaxy()), genesis.clusters().stream()).toList();
    for (var plan : plans) {
      editor.put(StateKey.plan(plan.committee()), new StateEntry.Plan(plan));
      for (var member : plan.members()) {
        editor.put(
            StateKey.operationalKey(member.operationalKey()), new StateEntry.Bound(member.star()));
      }
    }
    for (var plan : genesis.clusters()) {
      var cluster = plan.committee().cluster();
      var before = CheckpointHeader.genesisOf(genesis.network(), cluster);
      editor.put(StateKey.cluster(cluster), new ClusterRecord(0, before, 0, 0));
    }
    return new LedgerState(editor.freeze());
  }

  /**
   * The state that these entries are. Whoever restores one compares its {@link #root} with a
   * certified block's: nothing else says that the entries are true and complete.
   *
   * @throws MalformedSnapshot if they are no state
   */
  public static LedgerState restore(Stream<Entry> snapshot) {
    var editor = StateTree.empty(EntryWriter::encode).edit();
    try {
      snapshot.forEachOrdered(
          entry -> {
            var key = entry.key().toArray();
            editor.put(key, EntryReader.decode(key, entry.value().toArray()));
          });
      return new LedgerState(editor.freeze());
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new MalformedSnapshot("the entries make no state", e);
    }
  }

  /**
   * One entry of a snapshot.
   *
   * @param key as in {@link StateKey}
   * @param value canonical bytes
   */
  public record Entry(Bytes key, Bytes value) {}

  /** All entries, ascending by key: a snapshot. */
  public Stream<Entry> entries() {
    return streamed(entries.withPrefix(new byte[0]))
        .map(
            entry ->
                new Entry(
                    Bytes.copyOf(entry.key()), Bytes.copyOf(EntryWriter.encode(entry.value()))));
  }

  /** Height of the block that left this behind, 0 at genesis. */
  public long height() {
    return clock.height();
  }

  /** The ledger's clock after that block. */
  public LedgerTime time() {
    return clock.time();
  }

  /** Hash of the genesis file. */
  public Hash network() {
    return settings.network();
  }

  /** The network's parameters. */
  public Genesis.Parameters parameters() {
    return settings.parameters();
  }

  /** The commitment to all of it. */
  public Hash root() {
    return entries.root();
  }

  /** Number of entries. */
  public int size() {
    return entries.size();
  }

  /** A star that has a home. */
  public Optional<StarRecord> star(StarId star) {
    return get(StateKey.star(star), StarRecord.class);
  }

  /** What a star can spend of an asset, in minor units; always 0 for the asset's own issuer. */
  public long balance(StarId star, AssetId asset) {
    return get(StateKey.balance(star, asset), StateEntry.Balance.class)
        .map(StateEntry.Balance::amount)
        .orElse(0L);
  }

  /** A star's balances that are not zero, ascending by asset. */
  public SortedMap<AssetId, Long> balances(StarId star) {
    var balances = new TreeMap<AssetId, Long>();
    var prefix = StateKey.balancesOf(star);
    streamed(entries.withPrefix(prefix))
        .forEach(
            entry -> {
              if (entry.value() instanceof StateEntry.Balance(var amount)) {
                var asset = Hash.of(StateKey.after(prefix, entry.key()));
                balances.put(new AssetId(asset), amount);
              }
            });
    return Collections.unmodifiableSortedMap(balances);
  }

  /** What the state remembers of an executed proposal. */
  public Optional<ProposalRecord> proposal(Hash proposal) {
    return get(StateKey.proposal(proposal), ProposalRecord.class);
  }

  /** A live hold. */
  public Optional<Hold> hold(Hash proposal) {
    return proposal(proposal).filter(Hold.class::isInstance).map(Hold.class::cast);
  }

  /** A star's agreement that waits for its proposal. */
  public Optional<StateEntry.Waiting> waiting(Hash proposal, StarId star) {
    return get(StateKey.waiting(proposal, star), StateEntry.Waiting.class);
  }

  /** A defined asset, also no0s. */
  public Optional<AssetRecord> asset(AssetId asset) {
    return get(StateKey.asset(asset), AssetRecord.class);
  }

  /** A contract or composition, by the half-block that registered it. */
  public Optional<RegistrationRecord> registration(Hash halfBlock) {
    return get(StateKey.registration(halfBlock), RegistrationRecord.class);
  }

  /** The key that signs for a star at a sequence; for sequences to come the current one. */
  public Optional<PublicKey> keyAt(StarId star, long sequence) {
    if (sequence < 1 || star(star).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(keyAt(entries, star, sequence));
  }

  /** As {@link #keyAt(StarId, long)}, for a star that is known. */
  static PublicKey keyAt(StateEntries<StateEntry> entries, StarId star, long sequence) {
    var found = entries.from(StateKey.keyFrom(star, sequence));
    if (found.hasNext()) {
      var entry = found.next();
      if (entry.value() instanceof StateEntry.KeyFrom(var key)
          && StateKey.startsWith(entry.key(), StateKey.keysOf(star))) {
        return key;
      }
    }
    return star.key();
  }

  /** Counter of a star's latest executed notice of a kind, 0 if there is none. */
  public long counter(StarId star, Notice.Kind kind) {
    return lastNotice(star, kind).map(StateEntry.Counter::counter).orElse(0L);
  }

  /** A star's latest executed notice of a kind. */
  public Optional<StateEntry.Counter> lastNotice(StarId star, Notice.Kind kind) {
    return get(StateKey.counter(star, kind), StateEntry.Counter.class);
  }

  /** A committee's plan in force. */
  public Optional<EraPlan> eraPlan(Committee committee) {
    return get(StateKey.plan(committee), StateEntry.Plan.class).map(StateEntry.Plan::plan);
  }

  /** The galaxy's plan in force. */
  public EraPlan galaxyPlan() {
    return eraPlan(Committee.GALAXY).orElseThrow();
  }

  /** A cluster's last final checkpoint. */
  public Optional<ClusterRecord> cluster(int cluster) {
    return get(StateKey.cluster(cluster), ClusterRecord.class);
  }

  /** The numbers of all clusters, ascending. */
  public SortedSet<Integer> clusters() {
    var clusters = new java.util.TreeSet<Integer>();
    streamed(entries.withPrefix(new byte[] {StateKey.CLUSTER}))
        .forEach(entry -> clusters.add(StateKey.clusterOf(entry.key())));
    return Collections.unmodifiableSortedSet(clusters);
  }

  /** A star's offer, while it is in the pool of candidates. */
  public Optional<CandidateRecord> candidate(StarId star) {
    return get(StateKey.candidate(star), CandidateRecord.class);
  }

  /** A star's latest check-in. */
  public Optional<StateEntry.LastCheckIn> lastCheckIn(StarId star) {
    return get(StateKey.checkIn(star), StateEntry.LastCheckIn.class);
  }

  /** The table of a kind that is in force. */
  public Optional<TableVote> adoptedTable(String kind) {
    return get(StateKey.adoptedTable(kind), StateEntry.AdoptedTable.class)
        .map(StateEntry.AdoptedTable::table);
  }

  /** What keeps a star out of elections; absent if nothing ever did. */
  public Optional<ExclusionRecord> exclusion(StarId star) {
    return get(StateKey.exclusion(star), ExclusionRecord.class);
  }

  /**
   * Proves what {@link #exclusion} says, also that there is none; for {@link StateKey#exclusion}.
   */
  public StateProof proveExclusion(StarId star) {
    return entries.prove(StateKey.exclusion(star));
  }

  /** What a proven exclusion's value stands for, or nothing if it is no exclusion. */
  public static Optional<ExclusionRecord> provenExclusion(byte[] value) {
    try {
      return EntryReader.decode(new byte[] {StateKey.EXCLUSION}, value)
              instanceof ExclusionRecord exclusion
          ? Optional.of(exclusion)
          : Optional.empty();
    } catch (MalformedSnapshot e) {
      return Optional.empty();
    }
  }

  /** The star that an operational key serves or served. */
  public Optional<StarId> servedBy(PublicKey operationalKey) {
    return get(StateKey.operationalKey(operationalKey), StateEntry.Bound.class)
        .map(StateEntry.Bound::star);
  }

  /** Whether a member was convicted of contradicting itself in an era. */
  public boolean isConvicted(Committee committee, long era, PublicKey operationalKey) {
    return entries.get(StateKey.conviction(committee, era, operationalKey)).isPresent();
  }

  /** Proves what {@link #balance} says, also that it is 0; for {@link StateKey#balance}. */
  public StateProof proveBalance(StarId star, AssetId asset) {
    return entries.prove(StateKey.balance(star, asset));
  }

  /** The amount that a proven balance's value stands for, or nothing if it is no balance. */
  public static Optional<Long> provenBalance(byte[] value) {
    return value.length == Long.BYTES
        ? Optional.of(java.nio.ByteBuffer.wrap(value).getLong())
        : Optional.empty();
  }

  /** Starts the changes of the block after this one. */
  public LedgerEdit edit() {
    return new LedgerEdit(this, entries.edit());
  }

  /** All balances, ascending by star and asset; costs as much as there are. */
  public Stream<HeldBalance> balances() {
    return streamed(entries.withPrefix(new byte[] {StateKey.BALANCE}))
        .map(
            entry -> {
              var balance = (StateEntry.Balance) entry.value();
              return StateKey.heldBalance(entry.key(), balance.amount());
            });
  }

  /**
   * A balance with its owner.
   *
   * @param amount minor units, at least 1
   */
  public record HeldBalance(StarId star, AssetId asset, long amount) {}

  /** All live holds, ascending by proposal; costs as much as there are proposals. */
  public Stream<Hold> holds() {
    return streamed(entries.withPrefix(new byte[] {StateKey.PROPOSAL}))
        .filter(entry -> entry.value() instanceof Hold)
        .map(entry -> (Hold) entry.value());
  }

  private <T extends StateEntry> Optional<T> get(byte[] key, Class<T> type) {
    return entries.get(key).map(type::cast);
  }

  private static Stream<StateEntries.Entry<StateEntry>> streamed(
      Iterator<StateEntries.Entry<StateEntry>> found) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(found, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }
}
