package org.constellation.simulation.stores;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.writer.Books;
import org.constellation.star.writer.Changes;
import org.constellation.star.writer.Outgoing;
import org.jspecify.annotations.Nullable;

/** A star-service's books. */
public final class MemoryBooks implements Books {

  private static final Comparator<Unanswered> PLACE =
      Comparator.comparing(Unanswered::counterparty).thenComparingLong(Unanswered::change);

  private final Commits commits;
  private final TreeMap<StarId, StoredAccount> accounts = new TreeMap<>();
  private final TreeMap<StarId, NavigableMap<Long, HalfBlock>> chains = new TreeMap<>();
  private final TreeMap<Hash, Transaction> transactions = new TreeMap<>();
  // Only looked up in.
  private final Map<AnswerKey, StoredAnswer> answers = new HashMap<>();
  private final TreeMap<StarId, NavigableMap<Long, Outgoing>> outbox = new TreeMap<>();
  private Consumer<Transaction> whenEnded = _ -> {};
  private Position position = new Position(0, Hash.ZERO);
  private long lastChange;

  /** Everything that they hold at a moment. */
  public record Copy(
      Map<StarId, StoredAccount> accounts,
      Map<StarId, NavigableMap<Long, HalfBlock>> chains,
      Map<Hash, Transaction> transactions,
      Map<AnswerKey, StoredAnswer> answers,
      Map<StarId, NavigableMap<Long, Outgoing>> outbox,
      Position position,
      long lastChange) {}

  /** Empty ones. */
  public MemoryBooks(Commits commits) {
    this.commits = commits;
  }

  @Override
  public Map<StarId, StoredParty> parties(Collection<StarId> stars) {
    var parties = new LinkedHashMap<StarId, StoredParty>();
    for (var star : stars) {
      var account = accounts.get(star);
      parties.put(star, new StoredParty(account, open(star), pending(account)));
    }
    return parties;
  }

  private int open(StarId star) {
    return (int)
        transactions.values().stream()
            .filter(one -> one.proposer().equals(star) && one.progress().end() == null)
            .count();
  }

  private NavigableMap<Long, Pending> pending(@Nullable StoredAccount of) {
    var pending = new TreeMap<Long, Pending>();
    if (of != null) {
      chain(of.star())
          .tailMap(of.executedSequence(), false)
          .forEach(
              (sequence, one) ->
                  pending.put(sequence, new Pending(one.id(), Transaction.concernedBy(one))));
    }
    return pending;
  }

  private NavigableMap<Long, HalfBlock> chain(StarId star) {
    return chains.computeIfAbsent(star, _ -> new TreeMap<>());
  }

  @Override
  public Map<Hash, Transaction> transactions(Collection<Hash> ids) {
    var found = new LinkedHashMap<Hash, Transaction>();
    for (var id : ids) {
      var one = transactions.get(id);
      if (one != null) {
        found.put(id, one);
      }
    }
    return found;
  }

  @Override
  public Map<AnswerKey, StoredAnswer> answers(Collection<AnswerKey> keys) {
    var found = new LinkedHashMap<AnswerKey, StoredAnswer>();
    for (var key : keys) {
      var one = answers.get(key);
      if (one != null) {
        found.put(key, one);
      }
    }
    return found;
  }

  @Override
  public Map<Long, Hash> halfBlockIds(StarId star, long from, long to) {
    var ids = new TreeMap<Long, Hash>();
    chain(star).subMap(from, true, to, true).forEach((at, one) -> ids.put(at, one.id()));
    return ids;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public long lastChange() {
    return lastChange;
  }

  @Override
  public void outbox(Consumer<Outgoing> consumer) {
    var all = new ArrayList<Outgoing>();
    outbox.values().forEach(waiting -> all.addAll(waiting.values()));
    all.forEach(consumer);
  }

  @Override
  public List<StoredAccount> waitingForHome() {
    return accounts.values().stream()
        .filter(one -> !one.homed() && one.joinNotice() != null)
        .toList();
  }

  @Override
  public List<Unanswered> unanswered(@Nullable Unanswered after, int max) {
    return transactions.values().stream()
        .filter(one -> !one.status().isEnd() && !one.progress().agreed())
        .filter(one -> isCustodial(one.counterparty()))
        .map(one -> new Unanswered(one.counterparty(), one.change(), one.id()))
        .sorted(PLACE)
        .filter(one -> after == null || PLACE.compare(one, after) > 0)
        .limit(max)
        .toList();
  }

  private boolean isCustodial(StarId star) {
    var account = accounts.get(star);
    return account != null && account.isCustodial();
  }

  /** As an operator makes it for bad times. */
  public Copy copy() {
    return new Copy(
        new TreeMap<>(accounts),
        copied(chains),
        new TreeMap<>(transactions),
        new HashMap<>(answers),
        copied(outbox),
        position,
        lastChange);
  }

  /** Holds what a copy has, and nothing else. */
  public void backTo(Copy copy) {
    put(copy.accounts(), accounts);
    put(copied(copy.chains()), chains);
    put(copy.transactions(), transactions);
    put(copy.answers(), answers);
    put(copied(copy.outbox()), outbox);
    position = copy.position();
    lastChange = copy.lastChange();
  }

  private static <K, V> void put(Map<K, V> from, Map<K, V> into) {
    into.clear();
    into.putAll(from);
  }

  private static <V> Map<StarId, NavigableMap<Long, V>> copied(
      Map<StarId, NavigableMap<Long, V>> original) {
    var copied = new TreeMap<StarId, NavigableMap<Long, V>>();
    original.forEach((star, rows) -> copied.put(star, new TreeMap<>(rows)));
    return copied;
  }

  /** An account. */
  public Optional<StoredAccount> find(StarId star) {
    return Optional.ofNullable(accounts.get(star));
  }

  /** Transactions that have not ended. */
  public List<Transaction> open() {
    return transactions.values().stream().filter(one -> !one.status().isEnd()).toList();
  }

  /** Transactions that have ended. */
  public List<Transaction> ended() {
    return transactions.values().stream().filter(one -> one.status().isEnd()).toList();
  }

  /** Has somebody told of every transaction that has ended, as soon as that is written. */
  public void hearEnded(Consumer<Transaction> listener) {
    whenEnded = listener;
  }

  /** One transaction. */
  public Optional<Transaction> transaction(Hash id) {
    return Optional.ofNullable(transactions.get(id));
  }

  /** The half-block at a place of a chain that this service wrote or took. */
  public Optional<HalfBlock> halfBlock(StarId star, long sequence) {
    return Optional.ofNullable(chain(star).get(sequence));
  }

  /** Segments without a receipt. */
  public int waiting() {
    return outbox.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public void write(Changes changes) {
    refuseRepeats(changes);
    commits.commit(() -> apply(changes));
  }

  /** What a table's keys would refuse. */
  private void refuseRepeats(Changes changes) {
    for (var account : changes.opened()) {
      refuseIf(accounts.containsKey(account.star()), account.star());
    }
    for (var one : changes.halfBlocks()) {
      var withdrawn = changes.withdrawn().get(one.star());
      refuseIf(
          (withdrawn == null || one.sequence() < withdrawn)
              && chain(one.star()).containsKey(one.sequence()),
          one);
    }
    changes.proposed().keySet().forEach(id -> refuseIf(transactions.containsKey(id), id));
    changes.answers().keySet().forEach(key -> refuseIf(answers.containsKey(key), key));
  }

  private static void refuseIf(boolean repeated, Object what) {
    if (repeated) {
      throw new IllegalStateException("is there already: " + what);
    }
  }

  private void apply(Changes changes) {
    changes.opened().forEach(one -> accounts.put(one.star(), one));
    accounts.putAll(changes.accounts());
    changes
        .withdrawn()
        .forEach(
            (star, from) -> {
              chain(star).tailMap(from, true).clear();
              outbox(star).tailMap(from, true).clear();
            });
    changes.halfBlocks().forEach(one -> chain(one.star()).put(one.sequence(), one));
    transactions.putAll(changes.proposed());
    changes
        .moved()
        .forEach(
            (id, moved) ->
                transactions.computeIfPresent(
                    id, (_, known) -> known.with(moved.progress()).changedAt(moved.change())));
    changes.proposed().values().forEach(one -> lastChange = Math.max(lastChange, one.change()));
    changes.moved().values().forEach(one -> lastChange = Math.max(lastChange, one.change()));
    answers.putAll(changes.answers());
    changes.outgoing().forEach(one -> outbox(one.star()).put(one.lastSequence(), one));
    changes.executed().forEach((star, upTo) -> outbox(star).headMap(upTo, true).clear());
    var reached = changes.position();
    if (reached != null) {
      position = reached;
    }
    changes.proposed().keySet().forEach(this::tellEnded);
    changes.moved().keySet().forEach(this::tellEnded);
  }

  private void tellEnded(Hash id) {
    transaction(id).filter(one -> one.status().isEnd()).ifPresent(whenEnded);
  }

  private NavigableMap<Long, Outgoing> outbox(StarId star) {
    return outbox.computeIfAbsent(star, _ -> new TreeMap<>());
  }
}
