package org.constellation.blackhole.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.blackhole.TestStar.pay;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.constellation.blackhole.TestGalaxy;
import org.constellation.blackhole.TestStar;
import org.constellation.blackhole.query.EndedTransactions.Ended;
import org.constellation.blackhole.query.jdbc.JdbcEndedTransactions;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is told of transactions that ended, of real tables. */
class EndingsTest {

  private final TestGalaxy galaxy = new TestGalaxy("endings", 4, 1);
  private final TestStar alice = galaxy.star(0);
  private final TestStar bob = galaxy.star(1);
  private final TestTables stored = new TestTables();
  private final JdbcEndedTransactions endings =
      new JdbcEndedTransactions(JdbcClient.create(stored.jdbc()));

  @BeforeEach
  void begin() {
    stored.keeper().begin(galaxy.genesis());
  }

  @AfterEach
  void close() {
    stored.close();
  }

  private void keep(Segment... segments) {
    stored.keeper().on(galaxy.certify(segments));
  }

  private static String id(Segment proposal) {
    return HexFormat.of().formatHex(proposal.first().id().toBytes());
  }

  @Test
  void tellsEveryEndOnceInTheBlockThatBroughtIt() {
    var settled = alice.say(pay(bob, 7));
    var open = alice.say(pay(bob, 8));
    var tooMuch = bob.say(pay(alice, Long.MAX_VALUE));
    keep(settled, open, tooMuch);
    keep(bob.say(new Body.Agreement(settled.first().id())));
    keep(bob.say(new Body.Refusal(open.first().id())));

    assertThat(endings.after(0))
        .isEqualTo(
            new Ended(
                3,
                Map.of(
                    "SETTLED", List.of(id(settled)),
                    "REFUSED", List.of(id(open)),
                    "INSUFFICIENT_FUNDS", List.of(id(tooMuch)))));
    assertThat(endings.after(1).ended()).containsOnlyKeys("SETTLED", "REFUSED");
    assertThat(endings.after(2).ended()).containsOnlyKeys("REFUSED");
    assertThat(endings.after(3)).isEqualTo(new Ended(3, Map.of()));
    assertThat(endings.fromNowOn()).isEqualTo(new Ended(3, Map.of()));
  }
}
