package org.constellation.star.writer;

import com.github.benmanes.caffeine.cache.Cache;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.star.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** One batch from its commands to its commit: loads, decides in order, signs, stores. */
final class BatchWork {

  private final Books books;
  private final LedgerState ledger;
  private final Keys keys;
  private final Clock clock;
  private final Cache<StarId, Party> partyCache;
  private final Cache<Hash, Transaction> transactionCache;
  private final boolean maySign;
  private final List<Runnable> answers = new ArrayList<>();

  BatchWork(
      Books books,
      LedgerState ledger,
      Keys keys,
      Clock clock,
      Cache<StarId, Party> partyCache,
      Cache<Hash, Transaction> transactionCache,
      boolean maySign) {
    this.books = books;
    this.ledger = ledger;
    this.keys = keys;
    this.clock = clock;
    this.partyCache = partyCache;
    this.transactionCache = transactionCache;
    this.maySign = maySign;
  }

  /**
   * A batch that is stored.
   *
   * @param lost half-blocks that a key in custody signed and the database did not know
   */
  record Done(AfterCommit.Committed committed, List<HalfBlock> lost) {}

  /** Everything up to the commit, and that. */
  Done run(List<Command> commands, long lastChange, long height) {
    var batch = load(commands);
    var reached = height;
    for (var command : commands) {
      switch (command) {
        case Command.Request request -> decide(request, batch);
        case Command.Executed block -> {
          // A repetition, after a restart or a failed commit, is passed over.
          if (block.height() > reached + 1) {
            throw new IllegalStateException(
                "galaxy block %d comes after %d".formatted(block.height(), reached));
          }
          if (block.height() > reached) {
            NewsRules.apply(block, batch);
            reached = block.height();
          }
        }
        case Command.News news -> NewsRules.apply(news, batch);
      }
    }
    batch.signAll();
    var numbered = batch.numbered(lastChange);
    if (!batch.changes().isEmpty()) {
      books.write(batch.changes());
    }
    return new Done(
        new AfterCommit.Committed(batch.changes(), numbered, batch.homed(), batch.forks()),
        batch.lost());
  }

  /** Gives every request the answer that was decided. */
  void answerAll() {
    answers.forEach(Runnable::run);
  }

  private void decide(Command.Request request, Batch batch) {
    try {
      var accepted = RequestRules.apply(request, batch);
      answers.add(() -> request.answer().complete(accepted));
    } catch (RequestRejected e) {
      answers.add(() -> request.answer().completeExceptionally(e));
    } catch (RuntimeException e) {
      // Half of it may be in the batch.
      throw new DefectiveRequest(request, e);
    }
  }

  private Batch load(List<Command> commands) {
    var wanted = new Wanted();
    commands.forEach(wanted::add);
    var known =
        wanted.answers.isEmpty()
            ? Map.<Books.AnswerKey, Books.StoredAnswer>of()
            : books.answers(wanted.answers);
    var transactions = transactions(wanted);
    for (var transaction : transactions.values()) {
      wanted.stars.add(transaction.proposer());
      wanted.stars.add(transaction.counterparty());
    }
    return new Batch(
        ledger, keys, clock, books, parties(wanted.stars), transactions, known, maySign);
  }

  private Map<StarId, Party> parties(Set<StarId> stars) {
    var parties = new HashMap<StarId, Party>();
    var missing = new ArrayList<StarId>();
    for (var star : stars) {
      var party = partyCache.getIfPresent(star);
      if (party == null) {
        missing.add(star);
      } else {
        parties.put(star, party);
      }
    }
    if (!missing.isEmpty()) {
      books
          .parties(missing)
          .forEach(
              (star, stored) -> {
                var party = new Party(star, stored);
                parties.put(star, party);
                partyCache.put(star, party);
              });
    }
    return parties;
  }

  private Map<Hash, Transaction> transactions(Wanted wanted) {
    var found = new LinkedHashMap<Hash, Transaction>();
    var missing = new LinkedHashSet<Hash>();
    for (var id : wanted.transactions) {
      var cached = transactionCache.getIfPresent(id);
      if (cached == null) {
        missing.add(id);
      } else {
        found.put(id, cached);
      }
    }
    for (var id : wanted.hints) {
      var cached = transactionCache.getIfPresent(id);
      if (cached != null) {
        found.put(id, cached);
      }
    }
    if (!missing.isEmpty()) {
      found.putAll(books.transactions(missing));
    }
    return found;
  }

  /** What a batch needs to know before it begins. */
  private static final class Wanted {
    private final Set<StarId> stars = new LinkedHashSet<>();
    private final Set<Hash> transactions = new LinkedHashSet<>();
    private final Set<Hash> hints = new LinkedHashSet<>();
    private final Set<Books.AnswerKey> answers = new LinkedHashSet<>();

    void add(Command command) {
      switch (command) {
        case Command.Open open -> stars.add(open.account().star());
        case Command.Propose propose -> add(propose.star(), propose.repeatKey());
        case Command.Answer answer -> transactions.add(answer.transaction());
        case Command.Write write -> add(write.star(), write.repeatKey());
        case Command.ChangeKey change -> stars.add(change.star());
        case Command.Submit submit ->
            submit.segment().halfBlocks().forEach(one -> add(one, transactions));
        case Command.Delivered delivered ->
            delivered.segment().halfBlocks().forEach(one -> add(one, transactions));
        case Command.Promised promised ->
            // Only what memory holds: a promise is not worth a look into the database.
            promised.halfBlocks().forEach(one -> add(one, hints));
        case Command.Refused refused -> stars.add(refused.star());
        case Command.Unanswered unanswered -> transactions.addAll(unanswered.transactions());
        case Command.Executed block -> add(block);
      }
    }

    private void add(StarId star, Command.@Nullable RepeatKey repeat) {
      stars.add(star);
      if (repeat != null) {
        answers.add(new Books.AnswerKey(star, repeat.key()));
      }
    }

    private void add(Command.Executed block) {
      block.halfBlocks().forEach(one -> add(one, transactions));
      for (Receipt receipt : block.receipts()) {
        transactions.add(receipt.concerned().orElse(receipt.subject()));
      }
      for (Notice notice : block.notices()) {
        stars.add(notice.star());
      }
    }

    private void add(HalfBlock halfBlock, Set<Hash> ids) {
      stars.add(halfBlock.star());
      switch (halfBlock.body()) {
        case Body.Proposal proposal -> {
          stars.add(proposal.counterparty());
          ids.add(halfBlock.id());
        }
        case Body.Agreement(var proposal) -> ids.add(proposal);
        case Body.Refusal(var proposal) -> ids.add(proposal);
        case Body.Cancellation(var proposal) -> ids.add(proposal);
        case Body.AssetDefinition _,
            Body.ContractRegistration _,
            Body.CompositionRegistration _,
            Body.KeyChange _ -> {}
      }
    }
  }
}
