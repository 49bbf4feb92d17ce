package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.star.StarId;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.time.VirtualTime;
import org.constellation.simulation.watch.LedgerWatch;
import org.constellation.star.writer.Command;
import org.constellation.star.writer.StarWriter;
import org.jspecify.annotations.Nullable;

/** Users: they pay, ask for money, exchange, agree, refuse, take back, and let things expire. */
public final class Customers {

  private static final int TRIES_MAX = 8;
  private static final int VALID_TICKS_MAX = 20;
  private static final int LONG_VALID_TICKS = 150;
  private static final long TOO_MUCH = 10_000_000;
  private static final int LEISURE_MILLIS = 400;

  /** What a new key signed is taken once its change is in a checkpoint: that is slow. */
  private static final int KEYS_MAX = 2;

  private final World world;
  private final Dice dice;
  private final List<Account> accounts = new ArrayList<>();
  private final List<Coinage> coinages = new ArrayList<>();
  private final TreeMap<String, Hash> repeated = new TreeMap<>();
  private final Promises promises = new Promises();
  private final Consent consent = new Consent();
  private int proposed;
  private final TreeMap<StarId, Integer> keys = new TreeMap<>();
  private final Habit habit;
  private List<Lasting> lasting = new ArrayList<>();
  private boolean isLeaving;

  /** A proposal that nobody may ever answer and that stays open for long. */
  private record Lasting(Account from, Hash id) {}

  /** An asset that somebody issues. */
  private record Coinage(AssetId asset, Account issuer) {}

  /** The customers of all services. */
  public Customers(World world, Network network) {
    this.world = world;
    this.dice = world.dice().of("customers");
    network.stars().forEach(service -> accounts.addAll(service.accounts()));
    this.habit = new Habit(world.time(), () -> 1L + dice.below(2 * thinkMillis()), this::act);
  }

  /** Once there were enough they take their time. */
  private int thinkMillis() {
    var think = world.options().thinkMillis();
    return proposed < world.options().transactions() ? think : LEISURE_MILLIS;
  }

  /** Nobody asks for anything new any more, and what would stay open for long is taken back. */
  public void leave() {
    if (!isLeaving) {
      isLeaving = true;
      habit.giveUp();
      takeBack();
    }
  }

  private void takeBack() {
    var some = lasting;
    lasting = new ArrayList<>();
    some.forEach(this::takeBack);
    later(this::takeBack);
  }

  private void takeBack(Lasting one) {
    var cancellation = body(one.id(), Command.Act.CANCEL);
    consent.toSay(one.from().star(), cancellation);
    one.from()
        .service()
        .ask(
            new Command.Answer(
                one.id(), Command.Act.CANCEL, one.from().token(), StarWriter.answer()),
            accepted -> {
              world.tally().transition("request " + Command.Act.CANCEL);
              promises.answered(one.from(), cancellation);
            },
            refusal -> {
              refused(refusal);
              if (isFor(refusal, "CATCHING_UP")) {
                lasting.add(one);
              }
            });
  }

  /** Proposals that were stored, as their users were told. */
  public int proposed() {
    return proposed;
  }

  private void act() {
    var die = dice.below(100);
    var from = dice.oneOf(accounts);
    var to = dice.oneOf(accounts);
    if (die < 55) {
      propose(from, to, List.of(give(AssetId.NO0S, amount())));
    } else if (die < 68) {
      propose(from, to, List.of(take(AssetId.NO0S, amount())));
    } else if (die < 74) {
      propose(from, to, List.of(give(AssetId.NO0S, amount()), take(some(), amount())));
    } else if (die < 86) {
      issue();
    } else if (die < 91) {
      define(from);
    } else if (die < 94) {
      propose(from, to, List.of(give(AssetId.NO0S, TOO_MUCH)));
    } else if (die < 96) {
      changeKey(from);
    } else {
      write(from, new Body.ContractRegistration("contract", Hash.ZERO, Bytes.EMPTY));
    }
  }

  private long amount() {
    return 1L + dice.below(500);
  }

  private AssetId some() {
    return coinages.isEmpty() ? AssetId.NO0S : dice.oneOf(coinages).asset();
  }

  private static Leg give(AssetId asset, long amount) {
    return new Leg(Leg.Direction.GIVE, asset, amount);
  }

  private static Leg take(AssetId asset, long amount) {
    return new Leg(Leg.Direction.TAKE, asset, amount);
  }

  private void issue() {
    if (!coinages.isEmpty()) {
      var coinage = dice.oneOf(coinages);
      propose(coinage.issuer(), dice.oneOf(accounts), List.of(give(coinage.asset(), amount())));
    }
  }

  private void propose(Account from, Account to, List<Leg> legs) {
    var offer = new Command.Offer(to.star(), legs, "", validTicks());
    consent.toPropose(from.star(), to.star(), legs);
    var name = dice.percent(30) ? "order " + dice.below(1_000_000) : null;
    propose(from, to, offer, name, 0);
  }

  /** Some proposals expire when something is slow, others outlive most troubles. */
  private int validTicks() {
    return 3 + dice.below(dice.percent(60) ? VALID_TICKS_MAX : LONG_VALID_TICKS);
  }

  private void propose(
      Account from, Account to, Command.Offer offer, @Nullable String name, int tries) {
    var repeat =
        name == null
            ? null
            : new Command.RepeatKey(name, Hashing.tagged("SIMULATED-ORDER").text(name).finish());
    var asked =
        from.service()
            .ask(
                new Command.Propose(from.star(), from.token(), offer, repeat, StarWriter.answer()),
                accepted -> proposed(from, to, offer, name, accepted),
                this::refused);
    // Whoever names his order may ask again when there is no answer.
    if (name != null && tries < TRIES_MAX && (!asked || dice.percent(30))) {
      later(() -> propose(from, to, offer, name, tries + 1));
    }
  }

  private void refused(Throwable refusal) {
    if (refusal instanceof RequestRejected rejected) {
      world.tally().transition("request refused: " + rejected.code());
    }
  }

  private void later(Runnable action) {
    world.time().in((100L + dice.below(1_200)) * VirtualTime.MILLISECOND, action);
  }

  private void proposed(
      Account from, Account to, Command.Offer offer, @Nullable String name, Command.Accepted as) {
    if (name != null) {
      // A database that was put back knows of no order since the copy.
      var order = "%s %d %s".formatted(from.star(), from.service().timesPutBack(), name);
      var before = repeated.putIfAbsent(order, as.id());
      if (before != null) {
        world.tally().transition("order repeated");
        if (!before.equals(as.id())) {
          world.violations().found("ONCE", "one order is " + before + " and " + as.id());
        }
        return;
      }
    }
    promises.made(from, as.sequence(), as.id());
    proposed++;
    if (offer.validForTicks() > 3 + VALID_TICKS_MAX) {
      lasting.add(new Lasting(from, as.id()));
    }
    var takes = offer.legs().stream().anyMatch(leg -> leg.direction() == Leg.Direction.TAKE);
    var die = dice.below(100);
    if (die < (takes ? 55 : 0)) {
      later(() -> answer(to, as.id(), Command.Act.AGREE, 0));
    } else if (die < (takes ? 70 : 8)) {
      later(() -> answer(to, as.id(), Command.Act.REFUSE, 0));
    } else if (die < (takes ? 82 : 15)) {
      later(() -> answer(from, as.id(), Command.Act.CANCEL, 0));
    }
  }

  private void answer(Account actor, Hash transaction, Command.Act act, int tries) {
    consent.toSay(actor.star(), body(transaction, act));
    actor
        .service()
        .ask(
            new Command.Answer(transaction, act, actor.token(), StarWriter.answer()),
            accepted -> {
              world.tally().transition("request " + act);
              promises.answered(actor, body(transaction, act));
              if (act == Command.Act.AGREE && tries < TRIES_MAX && dice.percent(20)) {
                world.tally().transition("agreement repeated");
                later(() -> answer(actor, transaction, act, tries + 1));
              }
            },
            refusal -> {
              refused(refusal);
              if (tries < TRIES_MAX && isFor(refusal, "UNKNOWN_TRANSACTION")) {
                later(() -> answer(actor, transaction, act, tries + 1));
              }
            });
  }

  private static Body body(Hash transaction, Command.Act act) {
    return switch (act) {
      case AGREE -> new Body.Agreement(transaction);
      case REFUSE -> new Body.Refusal(transaction);
      case CANCEL -> new Body.Cancellation(transaction);
    };
  }

  private static boolean isFor(Throwable refusal, String code) {
    return refusal instanceof RequestRejected rejected && rejected.code().toString().equals(code);
  }

  private void define(Account issuer) {
    if (coinages.size() >= 4) {
      return;
    }
    var points = new Body.AssetDefinition("PTS", "points", 2);
    consent.toSay(issuer.star(), points);
    issuer
        .service()
        .ask(
            new Command.Write(issuer.star(), issuer.token(), points, null, StarWriter.answer()),
            accepted -> {
              promises.made(issuer, accepted.sequence(), accepted.id());
              coinages.add(new Coinage(new AssetId(accepted.id()), issuer));
            },
            this::refused);
  }

  private void write(Account star, Body body) {
    consent.toSay(star.star(), body);
    star.service()
        .ask(
            new Command.Write(star.star(), star.token(), body, null, StarWriter.answer()),
            accepted -> promises.made(star, accepted.sequence(), accepted.id()),
            this::refused);
  }

  private void changeKey(Account account) {
    var number = keys.merge(account.star(), 1, Integer::sum);
    if (number > KEYS_MAX) {
      return;
    }
    var key = world.founding().crypto().key(account.star() + " key " + number);
    consent.toChangeKey(account.star(), key.publicKey());
    account
        .service()
        .ask(
            new Command.ChangeKey(
                account.star(), account.token(), key, StarMachine.sealed(key), StarWriter.answer()),
            accepted -> promises.made(account, accepted.sequence(), accepted.id()),
            this::refused);
  }

  /** What users were promised and the ledger does not show yet. */
  public List<String> open(LedgerWatch ledger, Network network) {
    var open = promises.open(ledger, network);
    for (var account : accounts) {
      if (account.isJoining() && ledger.state().star(account.star()).isEmpty()) {
        open.add("a home for " + account.star());
      }
    }
    return open;
  }

  /** Looks at what is new in the ledger. */
  public void look(List<HalfBlock> executed, LedgerWatch ledger) {
    for (var one : executed) {
      consent
          .missing(one, serves(one.star()), ledger)
          .forEach(unasked -> world.violations().found("CONSENT", unasked));
    }
    promises.newlyBroken(ledger).forEach(broken -> world.violations().found("ACCEPTED", broken));
  }

  /** What users were promised and the ledger shows otherwise. */
  public List<String> broken(LedgerWatch ledger) {
    return promises.broken(ledger);
  }

  /** What the ledger has of customers' stars and no customer asked for. */
  public List<String> unasked(LedgerWatch ledger) {
    return accounts.stream()
        .flatMap(account -> consent.missing(account.star(), ledger).stream())
        .toList();
  }

  /** Whether a star is a customer's. */
  boolean serves(StarId star) {
    return accounts.stream().anyMatch(account -> Objects.equals(account.star(), star));
  }
}
