package org.constellation.simulation.network;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.constellation.platform.snapshot.Snapshots;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.SenderCheck;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.NoticeCodec;
import org.constellation.simulation.Fault;
import org.constellation.simulation.stores.Commits;
import org.constellation.simulation.stores.MemoryBooks;
import org.constellation.simulation.stores.MemorySnapshots;
import org.constellation.simulation.time.Machine;
import org.constellation.star.Announcements;
import org.constellation.star.StarNode;
import org.constellation.star.StarProperties;
import org.constellation.star.account.Joins;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.feed.Listeners;
import org.constellation.star.ledger.CheckpointReader;
import org.constellation.star.ledger.Facilitators;
import org.constellation.star.ledger.FollowedLedger;
import org.constellation.star.ledger.InboxReader;
import org.constellation.star.ledger.LedgerSource;
import org.constellation.star.ledger.VerdictReader;
import org.constellation.star.relay.EnvelopeChannels;
import org.constellation.star.relay.Relay;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.writer.Command;
import org.constellation.star.writer.Keys;
import org.constellation.star.writer.StarWriter;
import org.jspecify.annotations.Nullable;

/** A star-service on a machine of its own, with the stars that it serves. */
public final class StarMachine implements Node {

  private static final StarProperties PROPERTIES =
      new StarProperties(
          null,
          null,
          null,
          8_192,
          1_024,
          2_048,
          Duration.ofMillis(3),
          50_000,
          50_000,
          200_000,
          1_000);

  private final World world;
  private final Machine machine;
  private final Commits commits;
  private final MemoryBooks books;
  private final MemorySnapshots kept;
  private final SigningKey key;
  private final List<Account> accounts = new ArrayList<>();
  private @Nullable StarWriter writer;
  private @Nullable LedgerSource ledger;
  private MemoryBooks.@Nullable Copy remembered;
  private int timesPutBack;
  private boolean isOpen;
  private boolean isClosed;

  StarMachine(World world, int number) {
    this.world = world;
    var name = "star-" + number;
    this.key = world.founding().crypto().key(name + " service");
    this.machine = world.machine(name, this::run);
    this.commits = new Commits(machine.dice().of("commits"), world.tally());
    this.books = new MemoryBooks(commits);
    this.kept = new MemorySnapshots(commits);
    machine.atPowerLoss(
        () -> {
          writer = null;
          ledger = null;
        });
    var options = world.options();
    for (var star = number; star < options.stars(); star += options.services()) {
      accounts.add(account(world.founding().stars().get(star), false));
    }
    for (var star = number; star < options.joining(); star += options.services()) {
      accounts.add(account(world.founding().crypto().key("joining-" + star), true));
    }
  }

  private Account account(SigningKey first, boolean isJoining) {
    var star = new StarId(first.publicKey());
    return new Account(
        star, first, Hashing.hash("SIMULATED-TOKEN", star.toBytes()), this, isJoining);
  }

  static Bytes sealed(SigningKey key) {
    return Bytes.copyOf(key.seed());
  }

  private void run(Machine.Life life) {
    commits.usedBy(life);
    var genesis = world.genesis();
    var topics = world.topics();
    var scheme = world.scheme();
    var clock = life.clock();
    var meters = World.meters();
    var transport = new SimulatedTransport(world.broker(), life, meters);
    var snapshots =
        new Snapshots(
            "star-service",
            null,
            genesis,
            scheme,
            kept,
            () -> books.position().height(),
            World.FOLLOWER.snapshotBlocks(),
            meters,
            life.loops());
    var followed =
        new FollowedLedger(
            genesis,
            snapshots,
            books.position().height(),
            topics,
            transport,
            scheme.generate(machine.dice().generator()),
            scheme,
            World.FOLLOWER,
            meters,
            life.loops(),
            clock);
    world.noteStart("star-service", meters);
    var publisher =
        transport.publisher(
            new Sender(genesis.network(), new Committee(Committee.Layer.STAR, 0), 0, key));
    var relay = new Relay(new EnvelopeChannels(publisher, topics), followed, life.loops());
    var announcements = new Announcements(relay, books, new Listeners(PROPERTIES.listenersMax()));
    var started =
        new StarWriter(
            books,
            followed,
            new Keys(new PlainCustody(), scheme),
            announcements,
            new StarWriter.Limits(
                PROPERTIES.requestsMax(),
                PROPERTIES.newsMax(),
                PROPERTIES.batchMax(),
                PROPERTIES.gather(),
                PROPERTIES.partiesMax(),
                PROPERTIES.transactionsMax(),
                PROPERTIES.backlogMax()),
            () -> relay.depth() + relay.joinsWaiting(),
            life.loops(),
            clock);
    var facilitators = new Facilitators(followed);
    var checkpoints =
        new CheckpointReader(transport, topics, genesis, followed, facilitators, scheme);
    var node = new StarNode(announcements, started, relay, followed, List.of(checkpoints));
    node.begin();
    node.connect();
    var inbox = new InboxReader(genesis, scheme, node);
    read(transport, "inbox", List.of(topics.inbox()), SenderCheck.anyone(), inbox::take);
    var verdicts = new VerdictReader(followed, meters, node);
    var clusters = genesis.clusters().stream().map(plan -> plan.committee().cluster());
    read(
        transport,
        "verdicts",
        clusters.map(topics::verdicts).toList(),
        facilitators,
        verdicts::take);
    writer = started;
    ledger = followed;
    open(life);
  }

  private interface Envelopes {
    boolean take(List<Envelope> envelopes);
  }

  /** What Spring Cloud Stream does elsewhere. */
  private void read(
      Transport transport,
      String name,
      List<Topic> topics,
      SenderCheck senders,
      Envelopes envelopes) {
    var _ =
        transport.subscribe(
            new Subscription(
                "star-" + name,
                world.genesis().network(),
                topics.stream().map(Feed::of).toList(),
                Subscription.StartAt.LATEST,
                senders,
                world.scheme()),
            batch -> envelopes.take(batch.stream().map(ReceivedEnvelope::envelope).toList()));
  }

  /** Opens the accounts, until the books have them all. */
  private void open(Machine.Life life) {
    for (var account : accounts) {
      if (books.find(account.star()).isEmpty()) {
        ask(new Command.Open(stored(account, life), StarWriter.answer()), _ -> {}, _ -> {});
      }
    }
    isOpen = accounts.stream().allMatch(one -> books.find(one.star()).isPresent());
    if (!isOpen) {
      life.in(Duration.ofMillis(700).toNanos(), () -> open(life));
    }
  }

  private StoredAccount stored(Account account, Machine.Life life) {
    var followed = ledger;
    var notice =
        account.isJoining() && followed != null
            ? NoticeCodec.encode(
                Joins.signed(
                    followed.state(),
                    account.first(),
                    new Random(machine.dice().below(Long.MAX_VALUE))))
            : null;
    return new StoredAccount(
        account.star(),
        sealed(account.first()),
        account.token(),
        account.star().key(),
        0,
        Hash.ZERO,
        0,
        notice,
        false,
        Instant.ofEpochMilli(life.clock().millis()));
  }

  List<Account> accounts() {
    return accounts;
  }

  /** Asks for something; whether the service is there to be asked. */
  <R extends Command.Request> boolean ask(
      R request, Consumer<Command.Accepted> accepted, Consumer<Throwable> refused) {
    var running = writer;
    if (running == null || (isClosed && !(request instanceof Command.Open))) {
      return false;
    }
    // Whoever asked is told by the callback.
    var _ =
        request
            .answer()
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null) {
                    refused.accept(failure);
                  } else {
                    accepted.accept(answer);
                  }
                });
    try {
      running.ask(request);
      return true;
    } catch (RuntimeException e) {
      refused.accept(e);
      return false;
    }
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public void trouble(int commitPermille) {
    commits.trouble(commitPermille);
  }

  @Override
  public void full(boolean isFull) {
    commits.full(isFull);
  }

  /** Only with all accounts: nobody but the copy knows of one. */
  @Override
  public void remember() {
    if (isOpen) {
      remembered = books.copy();
    }
  }

  @Override
  public boolean canGoBack() {
    return remembered != null;
  }

  @Override
  public void goBack() {
    var copy = Objects.requireNonNull(remembered);
    if (copy.position().height() < books.position().height()) {
      world.tally().count(Fault.DATABASE_OLD);
    }
    timesPutBack++;
    books.backTo(copy);
    kept.backTo(copy.position().height());
  }

  /** How often its database was put back: what was promised before holds no longer. */
  int timesPutBack() {
    return timesPutBack;
  }

  /** Takes no requests, or takes them again. */
  void closed(boolean forUsers) {
    isClosed = forUsers;
  }

  /** Whether nothing that it signed is on its way into the ledger. */
  boolean isQuiet() {
    return books.waiting() == 0;
  }

  /** What of its stars' business has not come to an end, the first of it. */
  public List<String> pending(Network network, LedgerState state) {
    var pending = new ArrayList<String>();
    books.outbox(
        segment -> {
          if (!network.isLost(segment.star(), state)) {
            var known = state.star(segment.star()).map(star -> star.sequence());
            pending.add(
                machine
                    + " sends %d of %s, the ledger has %s"
                        .formatted(segment.lastSequence(), segment.star(), known));
          }
        });
    for (var one : books.open()) {
      if (!network.isLost(one.proposer(), state)) {
        pending.add(machine + " waits for transaction " + one.id() + " " + one.progress());
      }
    }
    return pending;
  }

  @Override
  public Optional<LedgerState> ledger() {
    return Optional.ofNullable(ledger).map(LedgerSource::state);
  }

  /** Has somebody told of every transaction of which users are told that it has ended. */
  public void hearEnded(Consumer<Transaction> listener) {
    books.hearEnded(listener);
  }

  /** What its users are told has ended. */
  public List<Transaction> ended() {
    return books.ended();
  }

  /** The root of the state at {@link #height}. */
  public Optional<Hash> root() {
    return Optional.ofNullable(ledger).map(followed -> followed.state().root());
  }

  @Override
  public long height() {
    var followed = ledger;
    return followed == null ? 0 : followed.state().height();
  }

  @Override
  public String state() {
    var running = writer;
    var followed = ledger;
    return machine
        + (running == null || followed == null
            ? " is off"
            : " at %d, ledger %s, writer %s"
                .formatted(height(), followed.trouble(), running.trouble()));
  }
}
