package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Hash;
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
