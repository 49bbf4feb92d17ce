package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.NoticeCodec;
import org.constellation.simulation.Fault;
import org.constellation.simulation.time.Dice;

/**
 * A Byzantine star that keeps its chain in order, and fills it with what the ledger turns down:
 * meddles with others' transactions, holds and agrees to more than it may, proves nothing, and
 * bothers the galaxy with notices that are stale, early, or of no use.
 */
final class Nuisance {

  private static final int SOON_MILLIS = 600;
  private static final long VALID_TICKS = 50;
  private static final int NO_CLUSTER = 1_000;
  private static final int STRANGERS = 3;

  /** Its chain never gets so far. */
  private static final long FAR_AHEAD = 1_000_000;

  /** Others' proposals that it can meddle with. */
  private static final int SEEN_MAX = 20;

  /** What the network loses of it comes with one of the next sendings. */
  private static final int SENT_AGAIN = 6;

  private final World world;
  private final List<StarId> others;
  private final Dice dice;
  private final SigningKey key;
  private final BadChain chain;
  private final int home;
  private final Outside line;
  private final List<Hash> seen = new ArrayList<>();
  private long counter;
  private final Habit habit;

  Nuisance(World world, SigningKey key, int home, List<StarId> others) {
    this.world = world;
    this.key = key;
    this.chain = new BadChain(world.genesis().network(), key);
    this.home = home;
    this.others = others;
    this.dice = world.dice().of("nuisance " + chain.star());
    this.line =
        new Outside(world, "nuisance-" + chain.star(), key, new Committee(Committee.Layer.STAR, 0));
    world.guilty().star(chain.star());
    Outside.overhear(world, this::remember);
    this.habit = new Habit(world.time(), () -> dice.below(2 * SOON_MILLIS), this::act);
  }

  void leave() {
    habit.giveUp();
  }

  private void remember(Segment segment) {
    if (world.guilty().isStar(segment.star())) {
      return;
    }
    for (var halfBlock : segment.halfBlocks()) {
      if (halfBlock.body() instanceof Body.Proposal) {
        if (seen.size() >= SEEN_MAX) {
          seen.removeFirst();
        }
        seen.add(halfBlock.id());
      }
    }
  }

  private void act() {
    if (dice.percent(40)) {
      world.tally().count(Fault.STAR_IDLE_NOTICE);
      notice();
      return;
    }
    world.tally().count(Fault.STAR_IN_VAIN);
    chain.write(bodies());
    var written = chain.written();
    for (var segment : written.subList(Math.max(0, written.size() - SENT_AGAIN), written.size())) {
      line.gossip(home, segment);
    }
    if (dice.percent(10)) {
      line.gossip(home, chain.foreign(bodies()));
    }
  }

  private List<Body> bodies() {
    return switch (dice.below(11)) {
      case 0 -> List.of(new Body.Cancellation(anothers()));
      case 1 -> List.of(new Body.Agreement(anothers()));
      case 2 -> List.of(new Body.Refusal(anothers()));
      case 3 -> List.of(proposal(chain.star(), little()));
      case 4 -> List.of(proposal(nobody(), little()));
      case 5 ->
          List.of(until(world.tick() + 2 * parameters().validityTicksMax(), other(), little()));
      case 6 -> {
        var most = new Leg(Leg.Direction.GIVE, AssetId.NO0S, Long.MAX_VALUE);
        yield List.of(proposal(other(), most, most));
      }
      case 7 -> {
        var another = world.founding().crypto().key("another key of " + chain.star());
        yield List.of(new Body.KeyChange(another.publicKey(), another.sign(new byte[0])));
      }
      case 8 -> {
        var unheardOf = unheardOf();
        yield List.of(new Body.Agreement(unheardOf), new Body.Agreement(unheardOf));
      }
      case 9 -> tooMany(parameters().openHoldsMax(), () -> proposal(other(), little()));
      default ->
          tooMany(parameters().waitingAgreementsMax(), () -> new Body.Agreement(unheardOf()));
    };
  }

  private List<Body> tooMany(int most, Supplier<Body> each) {
    return Stream.generate(each).limit(most + 1 + dice.below(4)).toList();
  }

  private Genesis.Parameters parameters() {
    return world.genesis().parameters();
  }

  private Hash anothers() {
    return seen.isEmpty() ? unheardOf() : dice.oneOf(seen);
  }

  private Hash unheardOf() {
    return Hashing.tagged("SIMULATED").number(dice.below(Long.MAX_VALUE)).finish();
  }

  private StarId nobody() {
    return new StarId(world.founding().crypto().key("nobody").publicKey());
  }

  private StarId other() {
    return dice.oneOf(others);
  }

  private Body proposal(StarId to, Leg... legs) {
    return until(world.tick() + VALID_TICKS, to, legs);
  }

  private static Body until(long validUntil, StarId to, Leg... legs) {
    return new Body.Proposal(to, List.of(legs), validUntil, new Body.Memo("in vain"));
  }

  private Leg little() {
    return new Leg(Leg.Direction.GIVE, AssetId.NO0S, 1 + dice.below(3));
  }

  private void notice() {
    switch (dice.below(8)) {
      case 0 -> send(key, new Notice.Join(some()));
      case 1 -> send(stranger(), new Notice.Join(some()));
      case 2 -> send(stranger(), new Notice.Relocation(0, some()));
      case 3 -> send(stranger(), new Notice.Relocation(0, List.of(NO_CLUSTER)));
      case 4 -> send(key, new Notice.Relocation(FAR_AHEAD, some()));
      case 5 -> send(key, new Notice.CandidateWithdrawal());
      case 6 -> send(key, new Notice.KeyPart(unheardOf(), 0, Bytes.copyOf(new byte[9])));
      default -> {
        send(key, new Notice.CheckIn(0, unheardOf()));
        // Stale as soon as the other is executed; mostly one block has both.
        counter--;
        send(key, new Notice.CheckIn(1, unheardOf()));
      }
    }
  }

  /** Of the clusters, the first ones: fewer than a star must leave to the draw, or all. */
  private List<Integer> some() {
    var clusters = world.options().clusters().size();
    return IntStream.rangeClosed(0, dice.below(clusters)).boxed().toList();
  }

  /** Nobody yet; once it has a home, a star that never writes. */
  private SigningKey stranger() {
    var name = "stranger %d of %s".formatted(dice.below(STRANGERS), chain.star());
    var stranger = world.founding().crypto().key(name);
    world.guilty().star(new StarId(stranger.publicKey()));
    return stranger;
  }

  private void send(SigningKey by, Notice.Payload payload) {
    var star = new StarId(by.publicKey());
    var notice = NoticeCodec.notice(world.genesis().network(), star, ++counter, payload, by);
    line.send(world.topics().notices(), List.of(NoticeCodec.encode(notice)));
  }
}
