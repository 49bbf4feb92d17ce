package org.constellation.consensus.coin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.constellation.consensus.Roster;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DealingTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 7, 16})
  void knowsSharesOfOnePolynomial(int size) {
    var dealt = DealtKeys.deal(new Roster(size), new Random(size));

    assertThat(Dealing.isOfOnePolynomial(dealt.keySet(), dealt.publicKey())).isTrue();
  }

  /** Whatever single share is another's: members would see different coins. */
  @ParameterizedTest
  @ValueSource(ints = {4, 7})
  void findsOneShareThatIsNot(int size) {
    var random = new Random(size);
    var dealt = DealtKeys.deal(new Roster(size), random);
    var other = DealtKeys.deal(new Roster(size), random);
    for (var wrong = 0; wrong < size; wrong++) {
      var entries = new ArrayList<>(dealt.keySet().byMember());
      entries.set(wrong, other.keySet().byMember().get(wrong));
      var keys = new KeySet(dealt.keySet().id(), dealt.keySet().sharesNeeded(), entries);

      assertThat(Dealing.isOfOnePolynomial(keys, dealt.publicKey())).as("%d", wrong).isFalse();
    }
    assertThat(Dealing.isOfOnePolynomial(dealt.keySet(), other.publicKey())).isFalse();
  }

  /** A polynomial of a higher degree than t gives every t+1 members another coin. */
  @ParameterizedTest
  @ValueSource(ints = {4, 7})
  void findsAHigherDegree(int size) {
    var dealt = DealtKeys.deal(new Roster(size), new Random(size));
    var fewer = dealt.keySet().sharesNeeded() - 1;
    var keys = new KeySet(dealt.keySet().id(), fewer, dealt.keySet().byMember());

    assertThat(Dealing.isOfOnePolynomial(keys, dealt.publicKey())).isFalse();
  }
}
