package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

class LayerTest {

  private final VirtualTime time = new VirtualTime(1);

  private VirtualCommittee<ToyRules.Block, ToyRules> committee(int size, Weather weather) {
    var keys = VirtualCommittee.keys(Committee.GALAXY, size);
    return VirtualCommittee.cheap(
        time,
        weather,
        Hash.ZERO,
        VirtualCommittee.plan(Committee.GALAXY, keys),
        keys,
        7,
        LayerTiming.withIdle(1_000),
        _ -> new ToyRules());
  }

  private static Bytes word(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void certifiesWhatAllMembersHold() {
    var committee = committee(4, Weather.CALM);
    committee.start();
    committee.members().forEach(member -> member.change(rules -> rules.add(word("hello"))));
    assertThat(time.runUntil(() -> committee.certifiedEverywhere() >= 1, 2_000)).isTrue();
    assertThat(committee.violations()).isEmpty();
    assertThat(committee.members())
        .allSatisfy(member -> assertThat(member.rules().isIncluded(word("hello"))).isTrue());
  }

  @Test
  void pullsABodyThatOnlyItsProposersHold() {
    var committee = committee(4, Weather.CALM);
    committee.start();
    committee.member(0).change(rules -> rules.add(word("rare")));
    assertThat(
            time.runUntil(
                () ->
                    committee.members().stream().allMatch(m -> m.rules().isIncluded(word("rare"))),
                5_000))
        .isTrue();
    assertThat(committee.violations()).isEmpty();
  }

  @Test
  void makesEmptyBlocksWhenIdle() {
    var committee = committee(4, Weather.CALM);
    committee.start();
    assertThat(time.runUntil(() -> committee.certifiedEverywhere() >= 3, 5_000)).isTrue();
    assertThat(committee.violations()).isEmpty();
  }

  @Test
  void goesOnWithoutOneOfFour() {
    var committee = committee(4, Weather.CALM);
    committee.start();
    committee.corrupt(3).crash();
    assertThat(time.runUntil(() -> committee.certifiedEverywhere() >= 10, 20_000)).isTrue();
    assertThat(committee.violations()).isEmpty();
  }

  /** A certificate names a header by its hash, so it alone does not show which round it ends. */
  @Test
  void aTrueCertificateUnderTheNumberOfAnotherRoundStopsNobody() {
    var committee = committee(4, Weather.CALM);
    committee.start();
    var liar = committee.corrupt(3);
    liar.behave(
        (_, messages) -> {
          var said = new ArrayList<>(messages);
          if (!liar.certified().isEmpty()) {
            var newest = liar.certified().getLast();
            for (var ahead = 1; ahead <= 3; ahead++) {
              said.add(
                  LayerCodec.encode(
                      new LayerMessage.Certified(
                          newest.round() + ahead, newest.hash(), newest.certificate())));
            }
          }
          return said;
        });
    assertThat(time.runUntil(() -> committee.certifiedEverywhere() >= 20, 60_000)).isTrue();
    assertThat(committee.violations()).isEmpty();
  }

  @Test
  void bringsBackAMemberThatWasAway() {
    var committee = committee(4, Weather.CALM);
    committee.start();
    committee.member(2).crash();
    time.runUntil(() -> committee.member(0).certified().size() >= 20, 60_000);
    committee.member(2).start();
    assertThat(time.runUntil(() -> committee.certifiedEverywhere() >= 22, 20_000)).isTrue();
    assertThat(committee.violations()).isEmpty();
  }

  @Test
  void goesOnWhenAllRestartAtOnce() {
    var committee = committee(4, Weather.STORM);
    committee.start();
    for (var cut = 1; cut <= 6; cut++) {
      var after = cut * 3L;
      time.runUntil(() -> committee.certifiedEverywhere() >= after, 60_000);
      committee.members().forEach(VirtualMember::crash);
      committee.members().forEach(VirtualMember::start);
    }
    assertThat(time.runUntil(() -> committee.certifiedEverywhere() >= 20, 60_000)).isTrue();
    assertThat(committee.violations()).isEmpty();
  }

  @Test
  void goesOnWhenAllThatAreLeftRestartInAnyRound() {
    var committee = committee(7, Weather.CALM);
    committee.start();
    committee.corrupt(5).crash();
    committee.corrupt(6).crash();
    for (var round = 1; round <= 8; round++) {
      var reached = round;
      assertThat(time.runUntil(() -> committee.certifiedEverywhere() >= reached, 60_000)).isTrue();
      // Each time a little later in the round that follows.
      time.runUntil(() -> false, round * 40L);
      committee.correct().forEach(VirtualMember::crash);
      committee.correct().forEach(VirtualMember::start);
    }
    assertThat(time.runUntil(() -> committee.certifiedEverywhere() >= 10, 60_000)).isTrue();
    assertThat(committee.violations()).isEmpty();
  }

  @Test
  void waitsForAnswersAsLongAsTooFewAreThere() {
    var committee = committee(4, Weather.CALM);
    committee.start();
    time.runUntil(() -> committee.certifiedEverywhere() >= 3, 60_000);
    committee.members().forEach(VirtualMember::crash);
    committee.member(0).start();
    committee.member(1).start();
    time.runUntil(() -> false, 30_000);
    assertThat(committee.member(0).status().orElseThrow().concerns())
        .containsExactly("asks n−f members what they hold signed from it: 1 of 2 others answered");
    var before = committee.member(0).certified().size();
    committee.member(2).start();
    assertThat(time.runUntil(() -> committee.member(0).certified().size() > before + 3, 60_000))
        .isTrue();
    assertThat(committee.violations()).isEmpty();
  }

  @Test
  void forgetsFinishedRoundsInTheJournal() {
    var committee = committee(4, Weather.CALM);
    committee.start();
    time.runUntil(() -> committee.certifiedEverywhere() >= 5, 20_000);
    var early = committee.member(0).journalSize();
    IntStream.range(0, 4)
        .forEach(i -> committee.member(i).change(rules -> rules.release(1_000_000)));
    time.runUntil(() -> committee.certifiedEverywhere() >= 40, 60_000);
    assertThat(committee.member(0).journalSize()).isLessThan(early * 2);
  }
}
