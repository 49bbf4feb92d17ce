package org.constellation.blackhole.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.constellation.blackhole.TestGalaxy;
import org.constellation.blackhole.TestStar;
import org.constellation.blackhole.serving.StoredChain;
import org.constellation.platform.follow.FollowStart;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What storing and executing again cost, printed: {@code ./mvnw -Pall-tests -pl blackhole-ledger
 * -am test -Dtest=StoreFigures}.
 */
@Tag("slow")
class StoreFigures {

  private static final int BLOCKS = 12;
  private static final int WARM_UP = 4;
  private static final int PAYMENTS = 1_000;

  @Test
  void printsWhatAThousandPaymentsCost() {
    var galaxy = new TestGalaxy("figures", 2 * PAYMENTS, 1);
    try (var stored = new TestTables()) {
      stored.keeper().begin(galaxy.genesis());
      var millis = new ArrayList<Long>();
      for (var block = 0; block < BLOCKS; block++) {
        var followed = galaxy.certify(payments(galaxy));
        var begun = System.nanoTime();
        stored.keeper().on(followed);
        millis.add((System.nanoTime() - begun) / 1_000_000);
      }
      System.out.printf("milliseconds to store %d payments: %s%n", PAYMENTS, millis);
      var rows = 0;
      for (var table : stored.dump().values()) {
        rows += table.size();
      }
      var average =
          millis.subList(WARM_UP, BLOCKS).stream().mapToLong(one -> one).average().orElseThrow();
      System.out.printf(
          "%.0f ms for each block after the first %d; %d rows in the tables, %d bytes a block%n",
          average, WARM_UP, rows, galaxy.block(1).encoded().length());

      var begun = System.nanoTime();
      FollowStart start;
      try (var none = stored.snapshots(galaxy.genesis(), Integer.MAX_VALUE)) {
        start = new StoredChain(none, stored.tables(), Ed25519.best()).start();
      }
      System.out.printf(
          "%d ms to execute %d stored payments again%n",
          (System.nanoTime() - begun) / 1_000_000, BLOCKS * PAYMENTS);
      assertThat(start.height()).isEqualTo(BLOCKS);

      begun = System.nanoTime();
      assertThat(stored.differences()).allSatisfy(one -> assertThat(one).isZero());
      System.out.printf(
          "%d ms for CONSERVATION over %d transactions%n",
          (System.nanoTime() - begun) / 1_000_000, BLOCKS * PAYMENTS);
    }
  }

  private static Segment[] payments(TestGalaxy galaxy) {
    var segments = new ArrayList<Segment>();
    for (var payment = 0; payment < PAYMENTS; payment++) {
      var proposal = galaxy.star(2 * payment).say(TestStar.pay(galaxy.star(2 * payment + 1), 1));
      segments.add(proposal);
      segments.add(galaxy.star(2 * payment + 1).say(new Body.Agreement(proposal.first().id())));
    }
    return segments.toArray(Segment[]::new);
  }
}
