package org.constellation.protocol.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.testkit.TestNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exclusions over random offences in several committees and eras, with keys that change. */
class ExclusionTest {

  private static final int STARS = 6;
  private static final int ERAS = 8;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  private record Term(Committee committee, long era) implements Comparable<Term> {
    @Override
    public int compareTo(Term other) {
      var byCommittee = committee.compareTo(other.committee);
      return byCommittee != 0 ? byCommittee : Long.compare(era, other.era);
    }
  }

  private static StarId star(int number) {
    return StarId.of(Hashing.tagged("TEST-STAR").number(number).finish().toBytes());
  }

  /** A new operational key for each era and seat; some stars have two seats. */
  private static EraPlan plan(Committee committee, long era, Random random) {
    var members = new ArrayList<CommitteeMember>();
    for (var seat = 0; seat < 5; seat++) {
      var key =
          Hashing.tagged("TEST-KEY")
              .number(committee.layer().code())
              .number(committee.cluster())
              .number(era)
              .number(seat)
              .finish();
      members.add(
          new CommitteeMember(
              star(random.nextInt(STARS)), PublicKey.of(key.toBytes()), Bytes.EMPTY));
    }
    members.sort(java.util.Comparator.comparing(CommitteeMember::operationalKey));
    var keys = new KeySet(Hash.ZERO, 1, Bytes.EMPTY, List.of(), List.of());
    return new EraPlan(committee, era, members, keys, 0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyTermOfGuiltDoublesTheElectionsThatAStarSitsOut(long seed) {
    var random = new Random(seed);
    var state = LedgerState.genesis(TestNetwork.small().genesis());
    var guilty = new TreeMap<StarId, TreeSet<Term>>();
    var since = new TreeMap<StarId, Long>();
    var committees = List.of(Committee.GALAXY, Committee.ofCluster(0), Committee.ofCluster(1));
    var height = 0L;
    for (var era = 0L; era < ERAS; era++) {
      for (var committee : committees) {
        var plan = plan(committee, era, random);
        for (var offence = random.nextInt(5); offence > 0; offence--) {
          var member = plan.members().get(random.nextInt(plan.members().size()));
          var edit = state.edit();
          var isNew = !state.isConvicted(committee, era, member.operationalKey());
          assertThat(edit.convict(plan, member, ++height)).isEqualTo(isNew);
          state = edit.freeze(height, state.time());
          if (guilty
              .computeIfAbsent(member.star(), _ -> new TreeSet<>())
              .add(new Term(committee, era))) {
            since.put(member.star(), height);
          }
        }
      }
    }
    for (var number = 0; number < STARS; number++) {
      var terms = guilty.getOrDefault(star(number), new TreeSet<>()).size();
      var exclusion = state.exclusion(star(number));
      assertThat(exclusion.map(ExclusionRecord::convictions).orElse(0)).isEqualTo(terms);
      assertThat(exclusion.map(ExclusionRecord::elections).orElse(0L))
          .isEqualTo(terms == 0 ? 0 : 1L << (terms - 1));
      assertThat(exclusion.map(ExclusionRecord::since))
          .isEqualTo(Optional.ofNullable(since.get(star(number))));
      var proof = state.proveExclusion(star(number));
      assertThat(
              terms == 0
                  ? proof.excludes(state.root(), StateKey.exclusion(star(number)))
                  : proof.includes(state.root(), StateKey.exclusion(star(number))))
          .isTrue();
    }
    var restored = LedgerState.restore(state.entries());
    assertThat(restored.root()).isEqualTo(state.root());
    for (var number = 0; number < STARS; number++) {
      assertThat(restored.exclusion(star(number))).isEqualTo(state.exclusion(star(number)));
    }
  }

  @Test
  void exclusionsEndSomewhere() {
    var exclusion = ExclusionRecord.first(1);
    var elections = new ArrayList<Long>();
    for (var i = 0; i < 70; i++) {
      elections.add(exclusion.elections());
      exclusion = exclusion.convictedAgain(i + 2);
    }
    assertThat(elections.subList(0, 5)).containsExactly(1L, 2L, 4L, 8L, 16L);
    assertThat(elections).isSorted().last().isEqualTo(ExclusionRecord.ELECTIONS_MAX);
    assertThat(IntStream.range(1, 70).allMatch(i -> elections.get(i) >= 1)).isTrue();
    assertThat(new ExclusionRecord(Integer.MAX_VALUE, 1, 1).convictedAgain(2).convictions())
        .isEqualTo(Integer.MAX_VALUE);
  }
}
