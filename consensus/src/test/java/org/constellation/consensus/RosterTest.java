package org.constellation.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RosterTest {

  @Test
  void twoQuorumsShareACorrectMemberAndTheCorrectOnesAreOne() {
    for (var size = 1; size <= Roster.MEMBERS_MAX; size++) {
      var roster = new Roster(size);
      var faulty = roster.maxFaulty();
      assertThat(3 * faulty).isLessThan(size);
      assertThat(3 * (faulty + 1)).isGreaterThanOrEqualTo(size);
      assertThat(2 * roster.quorum() - size).isGreaterThan(faulty);
      assertThat(roster.quorum()).isGreaterThanOrEqualTo(roster.correctMajority());
      assertThat(roster.members()).hasSize(size).allMatch(roster::contains);
    }
    assertThat(new Roster(16).maxFaulty()).isEqualTo(5);
  }

  @Test
  void hasALimit() {
    assertThatThrownBy(() -> new Roster(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Roster(65)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new Roster(4).contains(new MemberIndex(4))).isFalse();
  }

  @Test
  void setsOfMembersReachToTheLast() {
    var last = new MemberIndex(63);
    var set = MemberSet.of(new MemberIndex(0)).with(last);
    assertThat(set.members()).containsExactly(new MemberIndex(0), last);
    assertThat(set.without(last).contains(last)).isFalse();
    assertThat(set.size()).isEqualTo(2);
  }
}
