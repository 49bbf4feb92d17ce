package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

class FullStackTest {

  @Test
  void bringsAPaymentBetweenTwoClustersToItsReceipts() {
    var world = new VirtualWorld(1, Weather.CALM, 2, 4, 4, 4);
    world.start();
    var payments = pay(world, 10);
    assertThat(world.time().runUntil(world::isSettled, 20_000)).isTrue();
    assertThat(world.violations()).isEmpty();
    assertThat(payments).allSatisfy(payment -> assertThat(world.hasSettled(payment)).isTrue());
    assertThat(world.ledger().balance(world.stars().get(0).id(), AssetId.NO0S))
        .isNotEqualTo(VirtualStar.INITIAL_BALANCE);
  }

  @Test
  void marksAStarThatForks() {
    var world = new VirtualWorld(2, Weather.CALM, 1, 4, 4, 2);
    world.start();
    var careless = world.addCarelessStar();
    var one = careless.write(new Body.Cancellation(Hash.ZERO));
    var other = careless.fork(new Body.Refusal(Hash.ZERO));
    world.gossip(one, careless.home());
    world.gossip(other, careless.home());
    assertThat(
            world
                .time()
                .runUntil(() -> world.ledger().star(careless.id()).orElseThrow().forked(), 20_000))
        .isTrue();
    assertThat(world.ledger().star(careless.id()).orElseThrow().sequence()).isOne();
    assertThat(world.violations()).isEmpty();
  }

  @Test
  void convictsMembersThatContradictThemselves() {
    var world = new VirtualWorld(3, Weather.CALM, 1, 4, 4, 2);
    world.start();
    var facilitator = world.cluster(0).corrupt(1);
    world.cluster(0).twin(1);
    var galaxyMember = world.galaxy().corrupt(2);
    world.galaxy().twin(2);
    pay(world, 3);
    assertThat(
            world
                .time()
                .runUntil(
                    () ->
                        isConvicted(world, Committee.ofCluster(0), facilitator)
                            && isConvicted(world, Committee.GALAXY, galaxyMember),
                    60_000))
        .isTrue();
    assertThat(world.time().runUntil(world::isSettled, 60_000)).isTrue();
    assertThat(world.violations()).isEmpty();
  }

  private static boolean isConvicted(
      VirtualWorld world, Committee committee, VirtualMember<?, ?> member) {
    return world.ledger().isConvicted(committee, 0, member.key().publicKey());
  }

  /** Each star pays the next one, which agrees; both halves are sent off at once. */
  static List<Hash> pay(VirtualWorld world, int rounds) {
    var payments = new ArrayList<Hash>();
    for (var round = 0; round < rounds; round++) {
      for (var i = 0; i < world.stars().size(); i++) {
        var payer = world.stars().get(i);
        var payee = world.stars().get((i + 1) % world.stars().size());
        var validUntil = world.ledger().time().tick() + 5_000;
        world.gossip(payer.write(VirtualStar.pay(payee, 1 + i + round, validUntil)), payer.home());
        var payment = payer.chain().getLast().id();
        world.gossip(payee.write(new Body.Agreement(payment)), payee.home());
        payments.add(payment);
      }
    }
    return payments;
  }
}
