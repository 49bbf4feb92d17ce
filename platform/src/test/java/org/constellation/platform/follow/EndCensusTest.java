package org.constellation.platform.follow;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.platform.TestNetwork;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.PublicKey;
import org.junit.jupiter.api.Test;

class EndCensusTest {

  private final EraPlan galaxy = new TestChain("census").genesis().galaxy();
  private final EndCensus census = new EndCensus();

  private PublicKey member(int index) {
    return galaxy.members().get(index).operationalKey();
  }

  @Test
  void isBeyondTheHighestOfAQuorumByWhatMayBeSigned() {
    census.answered(galaxy, member(0), 7);
    census.answered(galaxy, member(0), 9);
    census.answered(galaxy, TestNetwork.key(77).publicKey(), 5);
    census.answered(galaxy, member(3), 0);
    assertThat(census.end()).as("two of four").isEmpty();
    census.answered(galaxy, member(2), 8);
    assertThat(census.end()).hasValue(11);
    census.answered(galaxy, member(1), 50);
    assertThat(census.end()).as("it is asked once").hasValue(11);
  }

  @Test
  void asksAgainWhoHasNotAnsweredUntilEnoughHave() {
    assertThat(census.isDue(1_000)).isTrue();
    assertThat(census.isDue(1_000 + EndCensus.AGAIN_MILLIS - 1)).isFalse();
    census.answered(galaxy, member(0), 7);
    assertThat(census.isMissing(member(0))).isFalse();
    assertThat(census.isMissing(member(1))).isTrue();
    assertThat(census.isDue(1_000 + EndCensus.AGAIN_MILLIS)).isTrue();
    assertThat(census.isDue(5)).as("the clock was set back").isTrue();
    census.answered(galaxy, member(1), 7);
    census.answered(galaxy, member(2), 7);
    assertThat(census.isDue(1_000_000)).isFalse();
  }
}
