package org.constellation.simulation.network;

import java.util.List;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.simulation.Fault;
import org.constellation.simulation.time.Dice;

/**
 * A Byzantine star, which no service serves: forks its chain, spends twice, sends again what is
 * long executed, and to clusters where it is not at home. {@link Nuisance} keeps to the form.
 */
final class BadStar {

  private static final int SOON_MILLIS = 1_500;
  private static final long VALID_TICKS = 50;

  private final World world;
  private final List<StarId> others;
  private final Dice dice;
  private final SigningKey key;
  private final BadChain chain;
  private final int home;
  private final Outside line;
  private final Habit habit;

  BadStar(World world, SigningKey key, int home, List<StarId> others) {
    this.world = world;
    this.key = key;
    this.chain = new BadChain(world.genesis().network(), key);
    this.home = home;
    this.others = others;
    this.dice = world.dice().of("bad star " + chain.star());
    this.line =
        new Outside(world, "bad-star-" + chain.star(), key, new Committee(Committee.Layer.STAR, 0));
    world.guilty().star(chain.star());
    this.habit = new Habit(world.time(), () -> dice.below(2 * SOON_MILLIS), this::act);
  }

  void leave() {
    habit.giveUp();
  }

  private void act() {
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
        world.tally().count(Fault.STAR_WRONG_HOME);
        line.gossip((home + 1 + dice.below(Math.max(1, clusters - 1))) % clusters, write(body()));
      }
      default -> {
        world.tally().count(Fault.STAR_NONSENSE);
        line.gossip(home, nonsense());
      }
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
