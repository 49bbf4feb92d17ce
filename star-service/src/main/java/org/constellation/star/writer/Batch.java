package org.constellation.star.writer;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.star.transaction.Progress;
import org.constellation.star.transaction.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch at work: what was loaded for it, what it changed so far, and the steps that requests
 * and news have in common.
 */
final class Batch {

  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  private final LedgerState ledger;
  private final Keys keys;
  private final Instant now;
  private final Map<StarId, Party> parties;
  private final Map<Hash, Transaction> transactions;
  private final Map<Hash, Transaction> stored;
  private final Map<Books.AnswerKey, Books.StoredAnswer> answers;
  private final Books books;
  private final boolean maySign;
  private final Changes changes = new Changes();
  private final Set<Hash> touched = new LinkedHashSet<>();
  private final Set<Party> writing = new LinkedHashSet<>();
  private final Map<StarId, Party> changedParties = new LinkedHashMap<>();
  private final List<StarId> homed = new ArrayList<>();
  private final List<Segment> forks = new ArrayList<>();
  private final List<HalfBlock> lost = new ArrayList<>();

  Batch(
      LedgerState ledger,
      Keys keys,
      Clock clock,
      Books books,
      Map<StarId, Party> parties,
      Map<Hash, Transaction> transactions,
      Map<Books.AnswerKey, Books.StoredAnswer> answers,
      boolean maySign) {
    this.ledger = ledger;
    this.keys = keys;
    this.now = clock.instant();
    this.books = books;
    this.parties = parties;
    this.transactions = new HashMap<>(transactions);
    this.stored = new HashMap<>(transactions);
    this.answers = new HashMap<>(answers);
    this.maySign = maySign;
  }

  LedgerState ledger() {
    return ledger;
  }

  Genesis.Parameters parameters() {
    return ledger.parameters();
  }

  long tick() {
    return ledger.time().tick();
  }

  Books books() {
    return books;
  }

  /** Whether half-blocks may be written of the service's own accord. */
  boolean maySign() {
    return maySign;
  }

  Changes changes() {
    return changes;
  }

  /** The star, as it is in the middle of this batch. */
  Party party(StarId star) {
    var party = parties.get(star);
    if (party == null) {
      throw new IllegalStateException("not loaded: " + star);
    }
    return party;
  }

  /** The star, if something about it was loaded for this batch. */
  Optional<Party> loadedParty(StarId star) {
    return Optional.ofNullable(parties.get(star));
  }

  Optional<Transaction> transaction(Hash id) {
    return Optional.ofNullable(transactions.get(id));
  }

  Optional<Books.StoredAnswer> answer(Books.AnswerKey key) {
    return Optional.ofNullable(answers.get(key));
  }

  void remember(Books.AnswerKey key, Books.StoredAnswer answer) {
    answers.put(key, answer);
    changes.answer(key, answer);
  }

  /** Writes a half-block for a star that the service signs for. */
  HalfBlock write(Party party, Body body) {
    if (party.isRunFull()) {
      sign(party);
    }
    var halfBlock = party.extend(ledger.network(), body, keys);
    changes.place(halfBlock);
    writing.add(party);
    changed(party);
    return halfBlock;
  }

  /** Takes a half-block that was signed elsewhere into the chain of a star that is served here. */
  void take(Party party, HalfBlock halfBlock) {
    noteLost(party, halfBlock);
    party.headIs(halfBlock);
    changes.place(halfBlock);
    changed(party);
  }

  private void noteLost(Party party, HalfBlock halfBlock) {
    if (party.isCustodial()) {
      lost.add(halfBlock);
    }
  }

  /**
   * Another half-block is final where {@code party} has one of its own: all that it made from there
   * on is void.
   */
  void supersede(Party party, HalfBlock executed, long height) {
    noteLost(party, executed);
    LOG.warn(
        "{} has another half-block at sequence {} than is final: what it made since is void, and"
            + " somebody else has its key",
        party.star(),
        executed.sequence());
    end(party, executed.sequence(), Outcome.FORK, height);
    changes.withdraw(party.star(), executed.sequence());
    party.isSupersededBy(executed);
    changes.place(executed);
    changed(party);
  }

  /** Ends what depends on half-blocks of {@code party} that can never be executed. */
  void end(Party party, long from, Outcome reason, long height) {
    var lost = party.pendingFrom(from);
    fetch(lost.stream().map(Books.Pending::transaction).filter(Objects::nonNull).toList());
    for (var one : lost) {
      var known = transactions.get(one.transaction());
      if (known != null) {
        var isProposal = known.id().equals(one.id());
        move(
            known,
            isProposal
                ? known.progress().withVoidProposal(reason, height)
                : withoutAnswerOf(party, known));
      }
    }
  }

  private static Progress withoutAnswerOf(Party party, Transaction known) {
    return known.counterparty().equals(party.star())
        ? known.progress().withVoidAgreement()
        : known.progress();
  }

  private void fetch(Collection<Hash> ids) {
    var missing = ids.stream().filter(id -> !transactions.containsKey(id)).toList();
    if (!missing.isEmpty()) {
      var found = books.transactions(missing);
      transactions.putAll(found);
      stored.putAll(found);
    }
  }

  /** Signs what {@code party} has written so far and puts it into the outbox. */
  void sign(Party party) {
    if (party.hasRun()) {
      send(party.sign());
    }
  }

  void send(Segment segment) {
    var proposals =
        segment.halfBlocks().stream().anyMatch(one -> one.body() instanceof Body.Proposal);
    changes.send(
        new Outgoing(
            segment.star(),
            segment.first().sequence(),
            segment.last().sequence(),
            ChainCodec.encode(segment),
            proposals));
  }

  /** Signs for all that wrote; nothing can be written afterwards. */
  void signAll() {
    writing.forEach(this::sign);
    for (var party : changedParties.values()) {
      changes.account(party.served());
    }
  }

  void changed(Party party) {
    changedParties.put(party.star(), party);
  }

  void gotHome(Party party) {
    party.hasHome();
    changed(party);
    homed.add(party.star());
  }

  /** A transaction that was not known before. */
  Transaction propose(HalfBlock halfBlock, Body.Proposal proposal) {
    var transaction = Transaction.proposedBy(halfBlock, proposal, now);
    transactions.put(transaction.id(), transaction);
    changes.propose(transaction);
    touched.add(transaction.id());
    loadedParty(transaction.proposer()).ifPresent(Party::proposalOpened);
    return transaction;
  }

  /** Notes progress, if it is any. */
  Transaction move(Transaction transaction, Progress progress) {
    if (progress.equals(transaction.progress())) {
      return transaction;
    }
    var moved = transaction.with(progress);
    transactions.put(moved.id(), moved);
    changes.move(moved);
    touched.add(moved.id());
    if (moved.status().isEnd() && !transaction.status().isEnd()) {
      loadedParty(moved.proposer()).ifPresent(Party::proposalEnded);
    }
    return moved;
  }

  /** Two half-blocks at one sequence; the cluster is to see both. */
  void fork(Segment other) {
    forks.add(other);
  }

  /**
   * Gives every transaction that reads differently now its place in the feed, in the order of first
   * change. What only the service notes, for instance that one of two promises is there, is stored
   * and told to nobody: its place stays the one that listeners know.
   */
  List<Transaction> numbered(long lastChange) {
    var numbered = new ArrayList<Transaction>();
    var change = lastChange;
    for (var id : touched) {
      var transaction = transactions.get(id);
      if (transaction != null && isNews(transaction)) {
        var placed = transaction.changedAt(++change);
        transactions.put(id, placed);
        changes.move(placed);
        numbered.add(placed);
      }
    }
    return numbered;
  }

  private boolean isNews(Transaction transaction) {
    var before = stored.get(transaction.id());
    return before == null || !before.progress().readsLike(transaction.progress());
  }

  List<StarId> homed() {
    return homed;
  }

  /** Half-blocks that a key in custody signed and the database did not know. */
  List<HalfBlock> lost() {
    return lost;
  }

  List<Segment> forks() {
    return forks;
  }
}
