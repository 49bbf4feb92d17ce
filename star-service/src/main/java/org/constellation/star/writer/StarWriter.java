package org.constellation.star.writer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.star.StarError;
import org.constellation.star.ledger.LedgerView;
import org.constellation.star.transaction.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue before the writer, and its turns. A crash loses what was not yet answered and nothing
 * else; a failed commit is answered as unavailable, and whatever the network said is applied again.
 */
public final class StarWriter implements AutoCloseable {

  /** So often a piece of news may fail all alone; the galaxy block repeats what it said. */
  private static final int FAILURES_MAX = 10;

  /** From here on every piece of news gets a batch of its own, so that a bad one is found. */
  private static final int FAILURES_TOGETHER_MAX = 3;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);
  private static final Logger LOG = LoggerFactory.getLogger(StarWriter.class);

  private final Books books;
  private final LedgerView ledger;
  private final Keys keys;
  private final AfterCommit afterCommit;
  private final Limits limits;
  private final IntSupplier backlog;
  private final Loops loops;
  private final Clock clock;
  private final LinkedBlockingQueue<Command> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger requestsWaiting = new AtomicInteger();
  private final Semaphore newsRoom;
  private final Cache<StarId, Party> parties;
  private final Cache<Hash, Transaction> transactions;
  private final List<Command.News> unapplied = new ArrayList<>();
  // Only who finds it idle wakes it: while a batch gathers, more commands are no reason to.
  private final AtomicBoolean idle = new AtomicBoolean();
  private final Tip tip = new Tip();
  private volatile @Nullable Loop loop;
  private volatile boolean closed;
  private volatile @Nullable String trouble;
  private volatile long height;
  private long lastChange;
  private List<Command> inHand = List.of();
  private int failures;
  private boolean gathering;
  private boolean isLookedThrough;
  private Books.@Nullable Unanswered lookedThrough;
  // When a batch has gathered, or a pause after a failure is over.
  private long nextBatchAt;

  /**
   * @param requestsMax requests that may wait; more are refused
   * @param newsMax pieces of news that may wait; more are not taken until there is room
   * @param batchMax most commands of one database transaction
   * @param gather how long a batch waits for more after its first command
   * @param partiesMax stars that are kept in memory
   * @param transactionsMax transactions that are kept in memory
   * @param backlogMax segments without a receipt from which on requests are refused
   */
  public record Limits(
      int requestsMax,
      int newsMax,
      int batchMax,
      Duration gather,
      int partiesMax,
      int transactionsMax,
      int backlogMax) {}

  /**
   * Waits to be started.
   *
   * @param backlog segments and notices that wait for the ledger now
   * @param loops run it
   */
  public StarWriter(
      Books books,
      LedgerView ledger,
      Keys keys,
      AfterCommit afterCommit,
      Limits limits,
      IntSupplier backlog,
      Loops loops,
      Clock clock) {
    this.books = books;
    this.ledger = ledger;
    this.keys = keys;
    this.afterCommit = afterCommit;
    this.limits = limits;
    this.backlog = backlog;
    this.loops = loops;
    this.clock = clock;
    this.newsRoom = new Semaphore(limits.newsMax());
    this.parties = cache(limits.partiesMax());
    this.transactions = cache(limits.transactionsMax());
  }

  /** One that needs no thread of its own to keep its bounds. */
  private static <K, V> Cache<K, V> cache(int entriesMax) {
    return Caffeine.newBuilder().maximumSize(entriesMax).executor(Runnable::run).build();
  }

  /** Begins to work. */
  public void start() {
    recall();
    nextBatchAt = loops.nanos();
    loop = loops.start("star-writer", null, this::turn);
  }

  private void wake() {
    var running = loop;
    if (running != null && idle.getAndSet(false)) {
      running.wake();
    }
  }

  private void recall() {
    lastChange = books.lastChange();
    height = books.position().height();
  }

  /**
   * Puts a request into the queue; its answer is completed after the commit.
   *
   * @throws RequestRejected if too many wait already
   */
  public <R extends Command.Request> R ask(R request) {
    if (backlog.getAsInt() > limits.backlogMax()) {
      throw StarError.NETWORK_STALLED.because(
          "The network has not answered for too many half-blocks; try again later.");
    }
    requireCaughtUp();
    if (!tip.isReached() && !(request instanceof Command.Open)) {
      throw StarError.CATCHING_UP.because(
          "The service has just started: " + tip.why(ledger.end()) + ". Try again in a moment.");
    }
    if (requestsWaiting.incrementAndGet() > limits.requestsMax() || closed) {
      requestsWaiting.decrementAndGet();
      throw StarError.OVERLOADED.because("Too many requests wait; try again later.");
    }
    queue.add(request);
    if (closed && queue.remove(request)) {
      throw StarError.OVERLOADED.because("The service is stopping.");
    }
    wake();
    return request;
  }

  /**
   * After a start the ledger is read again; until it is as far as it was, nobody is to see less
   * than he saw before.
   *
   * @throws RequestRejected until then
   */
  public void requireCaughtUp() {
    if (ledger.state().height() < height) {
      throw StarError.CATCHING_UP.because(
          "The service has just started and is reading the ledger; try again in a moment.");
    }
  }

  /** Puts news into the queue; {@code false} if too many wait: then it is to be told again. */
  public boolean tell(Command.News news) {
    if (news instanceof Command.Executed block && block.height() <= height) {
      return true;
    }
    if (!newsRoom.tryAcquire()) {
      return false;
    }
    queue.add(news);
    wake();
    return true;
  }

  /** A transaction that was stored or changed not long ago, if it is still in memory. */
  public @Nullable Transaction recent(Hash id) {
    return transactions.getIfPresent(id);
  }

  /** Requests in the queue. */
  public int requestsWaiting() {
    return requestsWaiting.get();
  }

  /** Why nothing is being written; null while all is well. */
  public @Nullable String trouble() {
    var known = trouble;
    return known == null && !tip.isReached() ? tip.why(ledger.end()) : known;
  }

  /** The last galaxy block whose receipts are stored. */
  public long height() {
    return height;
  }

  private long turn() {
    try {
      return takeTurn();
    } catch (RuntimeException | Error e) {
      LOG.error("The writer met a defect of ours and goes on", e);
      // A block that is lost would be missed by all after it.
      failed(inHand, e);
      inHand = List.of();
      trouble = "a defect: " + e;
      return 0;
    }
  }

  private long takeTurn() {
    var left = nextBatchAt - loops.nanos();
    if (left > 0) {
      return left;
    }
    var nextLook = tip.look(ledger.end(), height, loops.nanos());
    lookThrough();
    if (unapplied.isEmpty() && !gathering) {
      if (isIdle()) {
        return nextLook;
      }
      if (queue.size() <= limits.batchMax()) {
        gathering = true;
        nextBatchAt = loops.nanos() + limits.gather().toNanos();
        return limits.gather().toNanos();
      }
    }
    gathering = false;
    inHand = gather();
    work(inHand);
    inHand = List.of();
    return 0;
  }

  /** Hands over what was passed over while the service did not sign, a batch at a time. */
  private void lookThrough() {
    if (isLookedThrough || !tip.isReached() || !newsRoom.tryAcquire()) {
      return;
    }
    var page = List.<Books.Unanswered>of();
    try {
      page = books.unanswered(lookedThrough, limits.batchMax());
      isLookedThrough = page.size() < limits.batchMax();
    } catch (RuntimeException e) {
      LOG.warn("What is to be agreed to could not be read: {}", e.toString());
      nextBatchAt = loops.nanos() + PAUSE_AFTER_FAILURE.toNanos();
    }
    if (page.isEmpty()) {
      newsRoom.release();
      return;
    }
    lookedThrough = page.getLast();
    queue.add(new Command.Unanswered(page.stream().map(Books.Unanswered::id).toList()));
  }

  /** Whether there is nothing to do; if so, whoever brings something from now on wakes it. */
  private boolean isIdle() {
    idle.set(true);
    if (queue.isEmpty()) {
      return true;
    }
    idle.set(false);
    return false;
  }

  private List<Command> gather() {
    var alone = failures > FAILURES_TOGETHER_MAX;
    var again = unapplied.subList(0, alone ? Math.min(1, unapplied.size()) : unapplied.size());
    var batch = new ArrayList<Command>(again);
    again.clear();
    if (!batch.isEmpty() && alone) {
      return batch;
    }
    queue.drainTo(batch, Math.max(0, limits.batchMax() - batch.size()));
    for (var command : batch) {
      switch (command) {
        case Command.Request _ -> requestsWaiting.decrementAndGet();
        case Command.News _ -> {}
      }
    }
    return batch;
  }

  private void work(List<Command> commands) {
    var work =
        new BatchWork(books, ledger.state(), keys, clock, parties, transactions, tip.isReached());
    BatchWork.Done done;
    try {
      if (failures > 0) {
        // Whether the failed commit took place after all, only the database knows.
        recall();
        afterCommit.recalled();
      }
      done = work.run(commands, lastChange, height);
    } catch (DefectiveRequest e) {
      withoutDefective(e, commands);
      return;
    } catch (RuntimeException e) {
      failed(commands, e);
      return;
    }
    var committed = done.committed();
    lastChange += committed.transactions().size();
    var position = committed.changes().position();
    if (position != null) {
      height = position.height();
    }
    noteLost(done.lost());
    trouble = null;
    failures = 0;
    transactions.putAll(committed.changes().proposed());
    transactions.putAll(committed.changes().moved());
    work.answerAll();
    newsRoom.release(newsIn(commands));
    try {
      afterCommit.committed(committed);
    } catch (RuntimeException e) {
      LOG.error("What is stored could not be told, and is read again, by a defect of ours", e);
      failures = 1;
    }
  }

  private void noteLost(List<HalfBlock> lost) {
    if (!lost.isEmpty()) {
      tip.lost(loops.nanos());
      LOG.warn(
          "The ledger has {} half-blocks of stars in custody that the database does not know, the"
              + " first at sequence {} of {}: the database is an old copy, or somebody else has"
              + " the key",
          lost.size(),
          lost.getFirst().sequence(),
          lost.getFirst().star());
    }
  }

  /** A request that brings out a defect must not take those of others with it. */
  private void withoutDefective(DefectiveRequest defective, List<Command> commands) {
    LOG.error("A request met a defect of ours", defective.getCause());
    parties.invalidateAll();
    transactions.invalidateAll();
    defective.request().answer().completeExceptionally(defective);
    var others = new ArrayList<>(commands);
    others.remove(defective.request());
    if (!others.isEmpty()) {
      work(others);
    }
  }

  /** Forgets all that memory has ahead of the database, and keeps the news for another time. */
  private void failed(List<Command> commands, Throwable e) {
    LOG.warn("A batch of {} was not stored: {}", commands.size(), e.toString());
    LOG.debug("The batch", e);
    trouble = "nothing can be stored: " + e.getClass().getSimpleName();
    parties.invalidateAll();
    transactions.invalidateAll();
    failures++;
    var unavailable =
        StarError.OVERLOADED.because("Nothing can be stored at the moment; try again.");
    var again = new ArrayList<Command.News>();
    for (var command : commands) {
      switch (command) {
        case Command.Request request -> request.answer().completeExceptionally(unavailable);
        case Command.News news when mayBeDropped(news, commands) -> {
          LOG.warn("Dropped news that cannot be applied: {}", news.getClass().getSimpleName());
          newsRoom.release();
          failures = 1;
        }
        case Command.News news -> again.add(news);
      }
    }
    // In front of what waited behind it: blocks are applied in their order alone.
    unapplied.addAll(0, again);
    nextBatchAt = loops.nanos() + PAUSE_AFTER_FAILURE.toNanos();
  }

  private boolean mayBeDropped(Command.News news, List<Command> commands) {
    return commands.size() == 1 && failures > FAILURES_MAX && !(news instanceof Command.Executed);
  }

  private static int newsIn(List<Command> commands) {
    return (int) commands.stream().filter(Command.News.class::isInstance).count();
  }

  private void refuseAll() {
    var rest = new ArrayList<Command>();
    queue.drainTo(rest);
    for (var command : rest) {
      if (command instanceof Command.Request request) {
        request
            .answer()
            .completeExceptionally(StarError.OVERLOADED.because("The service is stopping."));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    var running = loop;
    if (running != null) {
      running.close();
    }
    refuseAll();
  }

  /** A fresh answer to wait for. */
  public static CompletableFuture<Command.Accepted> answer() {
    return new CompletableFuture<>();
  }
}
