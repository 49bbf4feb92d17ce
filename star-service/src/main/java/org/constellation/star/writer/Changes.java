package org.constellation.star.writer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** All that one batch changes, gathered before it is stored at once. */
public final class Changes {

  private final List<StoredAccount> opened = new ArrayList<>();
  private final Map<StarId, StoredAccount> accounts = new LinkedHashMap<>();
  private final List<HalfBlock> halfBlocks = new ArrayList<>();
  private final Map<Place, Executed> outcomes = new LinkedHashMap<>();
  private final Map<Hash, Transaction> proposed = new LinkedHashMap<>();
  private final Map<Hash, Transaction> moved = new LinkedHashMap<>();
  private final Map<Books.AnswerKey, Books.StoredAnswer> answers = new LinkedHashMap<>();
  private final List<Outgoing> outgoing = new ArrayList<>();
  private final Map<StarId, Long> executed = new LinkedHashMap<>();
  private final Map<StarId, Long> withdrawn = new LinkedHashMap<>();
  private Books.@Nullable Position position;

  /** A place in a star's chain. */
  public record Place(StarId star, long sequence) {}

  /** What the galaxy said of a half-block. */
  public record Executed(Outcome outcome, long height) {}

  void open(StoredAccount account) {
    opened.add(account);
  }

  void account(StoredAccount account) {
    accounts.put(account.star(), account);
  }

  void place(HalfBlock halfBlock) {
    halfBlocks.add(halfBlock);
  }

  /** Takes back a star's half-blocks from a sequence on, of this batch and of earlier ones. */
  void withdraw(StarId star, long from) {
    halfBlocks.removeIf(one -> one.star().equals(star) && one.sequence() >= from);
    outgoing.removeIf(one -> one.star().equals(star) && one.lastSequence() >= from);
    withdrawn.merge(star, from, Math::min);
  }

  void outcome(StarId star, long sequence, Outcome outcome, long height) {
    outcomes.put(new Place(star, sequence), new Executed(outcome, height));
    executed.merge(star, sequence, Math::max);
  }

  void propose(Transaction transaction) {
    proposed.put(transaction.id(), transaction);
  }

  void move(Transaction transaction) {
    // A transaction that this very batch proposed is stored as it stands in the end.
    if (proposed.replace(transaction.id(), transaction) == null) {
      moved.put(transaction.id(), transaction);
    }
  }

  void answer(Books.AnswerKey key, Books.StoredAnswer answer) {
    answers.put(key, answer);
  }

  void send(Outgoing segment) {
    outgoing.add(segment);
  }

  void position(Books.Position position) {
    this.position = position;
  }

  /** New accounts. */
  public List<StoredAccount> opened() {
    return opened;
  }

  /** Accounts as they stand after the batch. */
  public Map<StarId, StoredAccount> accounts() {
    return accounts;
  }

  /** New half-blocks of stars that this service serves. */
  public List<HalfBlock> halfBlocks() {
    return halfBlocks;
  }

  /** Receipts for half-blocks of such stars. */
  public Map<Place, Executed> outcomes() {
    return outcomes;
  }

  /** New transactions. */
  public Map<Hash, Transaction> proposed() {
    return proposed;
  }

  /** Older transactions with new progress. */
  public Map<Hash, Transaction> moved() {
    return moved;
  }

  /** What idempotency keys are answered with. */
  public Map<Books.AnswerKey, Books.StoredAnswer> answers() {
    return answers;
  }

  /** New segments to be sent. */
  public List<Outgoing> outgoing() {
    return outgoing;
  }

  /** Up to which sequence a star's half-blocks are executed: those segments need no sending. */
  public Map<StarId, Long> executed() {
    return executed;
  }

  /** From which sequence on the half-blocks that are stored of a star are void. */
  public Map<StarId, Long> withdrawn() {
    return withdrawn;
  }

  /** The galaxy block that was applied, null if there was none. */
  public Books.@Nullable Position position() {
    return position;
  }

  /** Whether there is nothing to store. */
  public boolean isEmpty() {
    return opened.isEmpty()
        && accounts.isEmpty()
        && halfBlocks.isEmpty()
        && outcomes.isEmpty()
        && proposed.isEmpty()
        && moved.isEmpty()
        && answers.isEmpty()
        && outgoing.isEmpty()
        && withdrawn.isEmpty()
        && position == null;
  }
}
