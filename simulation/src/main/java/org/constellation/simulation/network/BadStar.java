package org.constellation.simulation.network;

import java.util.List;
import java.util.Optional;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.StarRecord;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.simulation.Fault;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.watch.LedgerWatch;
import org.jspecify.annotations.Nullable;

/**
 * A Byzantine star, which no service serves: forks its chain, spends twice, sends again what is
 * long executed, and to clusters where it is not at home. {@link Nuisance} keeps to the form. A
 * patient one forks its chain only where the ledger is far beyond, and where no cluster remembers
 * what stands there.
 */
final class BadStar {

  private static final int SOON_MILLIS = 1_500;
  private static final long VALID_TICKS = 50;

  /** Further back than its last segment, which has one half-block. */
  private static final int LONG_AGO = 2;

  private static final int SENT_AGAIN = 3;
  private static final int TOLD_AGAIN_MILLIS = 2_000;

  private final World world;
  private final LedgerWatch ledger;
  private final boolean isPatient;
  private final List<StarId> others;
  private final Dice dice;
  private final SigningKey key;
  private final BadChain chain;
  private final int home;
  private final Outside line;
  private final Habit habit;
  private @Nullable Segment oldFork;

  BadStar(World world, LedgerWatch ledger, SigningKey key, int home, List<StarId> others) {
    this.world = world;
    this.ledger = ledger;
    this.key = key;
    this.chain = new BadChain(world.genesis().network(), key);
    this.home = home;
    this.others = others;
    this.dice = world.dice().of("bad star " + chain.star());
    this.line =
        new Outside(world, "bad-star-" + chain.star(), key, new Committee(Committee.Layer.STAR, 0));
    world.guilty().star(chain.star());
    this.isPatient = dice.percent(40);
    var pause = isPatient ? SOON_MILLIS : 2 * SOON_MILLIS;
    this.habit = new Habit(world.time(), () -> dice.below(pause), this::act);
  }

  /**
   * What it did once may have been lost on the way: others show it until it had its consequences.
   */
  void leave() {
    habit.giveUp();
    var fork = oldFork;
    if (fork != null) {
      new Habit(
          world.time(),
          () -> TOLD_AGAIN_MILLIS,
          () -> {
            if (!ledger.isMarked(chain.star())) {
              line.gossip(home, fork);
            }
          });
    }
  }

  private void act() {
    if (isPatient) {
      bide(dice.percent(70));
      return;
    }
    switch (dice.below(6)) {
      case 0, 1 -> line.gossip(home, write(body()));
      case 2 -> {
        world.tally().count(Fault.STAR_FORK);
        var before = chain.head();
        var one = sign(before, body());
        var other = sign(before, body());
        chain.keep(dice.percent(50) ? one : other);
        // Some facilitators see one first, some the other.
        line.gossip(home, one);
        line.gossip(home, other);
        line.send(
            world.topics().inbox(), List.of(ChainCodec.encode(dice.percent(50) ? one : other)));
      }
      case 3 -> {
        if (!chain.written().isEmpty()) {
          world.tally().count(Fault.STAR_REPLAY);
          line.gossip(home, dice.oneOf(chain.written()));
        }
      }
      case 4 -> {
        var clusters = world.options().clusters().size();
        if (clusters > 1) {
          world.tally().count(Fault.STAR_WRONG_HOME);
          line.gossip((home + 1 + dice.below(clusters - 1)) % clusters, write(body()));
        }
      }
      default -> {
        world.tally().count(Fault.STAR_NONSENSE);
        line.gossip(home, nonsense());
      }
    }
  }

  /** Behaves until much is executed. */
  private void bide(boolean isQuiet) {
    if (isQuiet) {
      write(body());
      var written = chain.written();
      written
          .subList(Math.max(0, written.size() - SENT_AGAIN), written.size())
          .forEach(segment -> line.gossip(home, segment));
    } else {
      forkLongAgo();
    }
  }

  /** Signs another half-block in the place of one that is executed, with others after it. */
  private void forkLongAgo() {
    var star = chain.star();
    var head = ledger.state().star(star).map(StarRecord::sequence).orElse(0L);
    if (head <= LONG_AGO) {
      return;
    }
    var place = 1 + dice.below(head - LONG_AGO);
    var before = place == 1 ? Optional.of(Hash.ZERO) : ledger.halfBlock(star, place - 1);
    var fork = sign(new BadChain.Place(place - 1, before.orElseThrow()), body());
    if (!ledger.halfBlock(star, place).orElseThrow().equals(fork.first().id())) {
      world.tally().count(Fault.STAR_OLD_FORK);
      world.guilty().toBeMarked(star);
      oldFork = fork;
      line.gossip(dice.below(world.options().clusters().size()), fork);
    }
  }

  private Segment write(Body body) {
    return chain.write(List.of(body));
  }

  private Segment sign(BadChain.Place after, Body body) {
    return chain.sign(after, List.of(body));
  }

  private Body body() {
    return switch (dice.below(4)) {
      case 0 -> new Body.Cancellation(Hash.ZERO);
      case 1 -> new Body.Agreement(Hashing.tagged("SIMULATED").number(dice.below(9)).finish());
      default ->
          new Body.Proposal(
              dice.oneOf(others),
              List.of(new Leg(Leg.Direction.GIVE, AssetId.NO0S, 1 + dice.below(2_000_000))),
              world.tick() + dice.below((int) VALID_TICKS),
              new Body.Memo("twice"));
    };
  }

  /** In form, and wrong: under another's key, without what comes before, or signed by nobody. */
  private Segment nonsense() {
    var ahead = new BadChain.Place(chain.head().sequence() + 1 + dice.below(5), Hash.ZERO);
    return switch (dice.below(3)) {
      case 0 -> sign(ahead, body());
      case 1 -> {
        var stranger = world.founding().crypto().key("stranger");
        var real = sign(chain.head(), body());
        yield Segment.of(
            stranger.publicKey(),
            real.halfBlocks(),
            stranger.sign(Segment.signedMessage(real.last().id())));
      }
      default -> {
        var real = sign(chain.head(), body());
        yield Segment.of(key.publicKey(), real.halfBlocks(), key.sign(new byte[0]));
      }
    };
  }
}
