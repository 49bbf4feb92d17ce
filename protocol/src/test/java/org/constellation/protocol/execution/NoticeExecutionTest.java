package org.constellation.protocol.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.protocol.testkit.TestLedger.outcomes;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.MembershipChange;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.KeyPossession;
import org.constellation.protocol.crypto.AgreementProof;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.state.StarRecord;
import org.constellation.protocol.testkit.HashedSignatures;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.junit.jupiter.api.Test;

class NoticeExecutionTest {

  private static final byte[] AGREEMENT_SECRET = Hash.fromHex("11".repeat(32)).toBytes();

  private final TestNetwork network = TestNetwork.small();
  private final TestLedger ledger = new TestLedger(network);
  private final TestStar alice = network.star(0);

  private Outcome outcomeOf(Notice notice) {
    return outcomes(ledger.run(notice), notice.id()).getLast();
  }

  private Notice.CandidateOffer offer(TestStar star, SigningKey operationalKey) {
    return offer(ledger.state().network(), star, operationalKey);
  }

  private static Notice.CandidateOffer offer(
      Hash networkId, TestStar star, SigningKey operationalKey) {
    var message =
        KeyPossession.operationalMessage(networkId, star.id(), operationalKey.publicKey());
    return new Notice.CandidateOffer(
        operationalKey.publicKey(),
        operationalKey.sign(message),
        AgreementProof.keyOf(AGREEMENT_SECRET),
        AgreementProof.prove(
            AGREEMENT_SECRET,
            KeyPossession.agreementMessage(networkId, star.id(), operationalKey.publicKey()),
            new Random(1)),
        star.key().publicKey(),
        60,
        4,
        8_192);
  }

  @Test
  void aJoiningStarGetsOneOfTheClustersThatItNames() {
    var homes =
        IntStream.range(0, 40)
            .mapToObj(
                _ -> {
                  var star = network.newStar();
                  assertThat(outcomeOf(star.notice(1, new Notice.Join(List.of(1, 0, 9)))))
                      .isEqualTo(Outcome.RECORDED);
                  return ledger.state().star(star.id()).orElseThrow();
                })
            .toList();
    assertThat(homes).extracting(StarRecord::home).contains(0, 1).doesNotContain(9);
    assertThat(homes.getLast().sinceHeight()).isEqualTo(ledger.state().height());

    var single = network.newStar();
    outcomeOf(single.notice(1, new Notice.Join(List.of(1, 0))));
    var home = ledger.state().star(single.id()).orElseThrow().home();
    var note = single.say(new Body.CompositionRegistration("hello", Bytes.EMPTY));
    assertThat(outcomes(ledger.run(home, note), note.last().id()))
        .containsExactly(Outcome.RECORDED);
  }

  @Test
  void nobodyChoosesAClusterByNamingNoOther() {
    for (var named : List.of(List.of(1), List.of(1, 900, 901))) {
      var star = network.newStar();
      assertThat(outcomeOf(star.notice(1, new Notice.Join(named))))
          .isEqualTo(Outcome.TOO_FEW_CLUSTERS);
      assertThat(ledger.state().star(star.id())).isEmpty();
    }
  }

  @Test
  void turnsAJoinAwayThatCannotBe() {
    assertThat(outcomeOf(alice.notice(1, new Notice.Join(List.of(0)))))
        .isEqualTo(Outcome.ALREADY_HOME);
    var size = ledger.state().size();
    assertThat(outcomeOf(network.newStar().notice(1, new Notice.Join(List.of(8)))))
        .isEqualTo(Outcome.UNKNOWN_CLUSTER);
    assertThat(ledger.state().size()).isEqualTo(size);
  }

  @Test
  void aRelocationNeedsTheHeadAndLeavesTheOldHome() {
    var note = alice.say(new Body.CompositionRegistration("here", Bytes.EMPTY));
    assertThat(outcomeOf(alice.notice(1, new Notice.Relocation(1, List.of(1)))))
        .isEqualTo(Outcome.NOT_AT_HEAD);
    // Half-blocks of a block run before its notices.
    var move = alice.notice(2, new Notice.Relocation(1, List.of(0, 1)));
    var result = ledger.block().checkpoint(0, note).notices(move).execute();
    assertThat(outcomes(result, move.id())).containsExactly(Outcome.RECORDED);
    var record = ledger.state().star(alice.id()).orElseThrow();
    assertThat(record.home()).isEqualTo(1);
    assertThat(record.sinceHeight()).isEqualTo(ledger.state().height());

    var next = alice.say(new Body.CompositionRegistration("there", Bytes.EMPTY));
    assertThat(outcomes(ledger.run(0, next), next.last().id())).containsExactly(Outcome.WRONG_HOME);
    assertThat(outcomes(ledger.run(1, next), next.last().id())).containsExactly(Outcome.RECORDED);
    assertThat(outcomeOf(alice.notice(3, new Notice.Relocation(2, List.of(1)))))
        .isEqualTo(Outcome.ALREADY_HOME);
    assertThat(outcomeOf(alice.notice(4, new Notice.Relocation(2, List.of(5)))))
        .isEqualTo(Outcome.UNKNOWN_CLUSTER);
  }

  @Test
  void aCounterServesOnceForItsKind() {
    var first = alice.notice(5, new Notice.CheckIn(1, Hash.ZERO));
    assertThat(outcomeOf(first)).isEqualTo(Outcome.RECORDED);
    assertThat(ledger.state().counter(alice.id(), Notice.Kind.CHECK_IN)).isEqualTo(5);
    // The very same notice again is no news, another with its counter is stale.
    assertThat(ledger.run(first).receipts()).isEmpty();
    assertThat(outcomeOf(alice.notice(5, new Notice.CheckIn(2, Hash.ZERO))))
        .isEqualTo(Outcome.STALE_COUNTER);
    assertThat(outcomeOf(alice.notice(4, new Notice.CheckIn(2, Hash.ZERO))))
        .isEqualTo(Outcome.STALE_COUNTER);
    assertThat(outcomeOf(alice.notice(1, new Notice.CandidateWithdrawal())))
        .isEqualTo(Outcome.NOT_CANDIDATE);
    assertThat(outcomeOf(alice.notice(6, new Notice.CheckIn(2, Hash.ZERO))))
        .isEqualTo(Outcome.RECORDED);
  }

  @Test
  void aBlocksNoticesRunByStarKindAndCounter() {
    var first = alice.notice(1, new Notice.CheckIn(1, Hash.ZERO));
    var second = alice.notice(2, new Notice.CheckIn(2, Hash.ZERO));
    var result = ledger.run(second, first);
    assertThat(result.receipts())
        .extracting(receipt -> receipt.subject())
        .containsExactly(first.id(), second.id());
    assertThat(ledger.state().lastCheckIn(alice.id()).orElseThrow().slot()).isEqualTo(2);
  }

  @Test
  void onlyTheStarsOwnKeySpeaksForIt() {
    var stranger = network.newStar();
    assertThat(outcomeOf(stranger.notice(1, new Notice.CheckIn(1, Hash.ZERO))))
        .isEqualTo(Outcome.UNKNOWN_STAR);
    stranger.signWith(network.newKey());
    assertThat(outcomeOf(stranger.notice(1, new Notice.Join(List.of(0)))))
        .isEqualTo(Outcome.WRONG_KEY);
    var oldKey = alice.key();
    ledger.run(0, alice.changeKey(network.newKey()));
    assertThat(outcomeOf(alice.notice(1, new Notice.CheckIn(1, Hash.ZERO))))
        .isEqualTo(Outcome.RECORDED);
    alice.signWith(oldKey);
    assertThat(outcomeOf(alice.notice(2, new Notice.CheckIn(1, Hash.ZERO))))
        .isEqualTo(Outcome.WRONG_KEY);
  }

  @Test
  void aNoticeThatIsNotSignedOrOfAnotherNetworkHasNoEffect() {
    var notice = alice.notice(1, new Notice.CheckIn(1, Hash.ZERO));
    var forged =
        new Notice(
            notice.network(),
            notice.star(),
            notice.counter(),
            notice.payload(),
            notice.body(),
            notice.key(),
            TestStar.NO_SIGNATURE,
            notice.id());
    assertThat(outcomeOf(forged)).isEqualTo(Outcome.BAD_SIGNATURE);
    var foreign = new TestStar(Hash.ZERO, alice.key()).notice(1, new Notice.CheckIn(1, Hash.ZERO));
    assertThat(outcomeOf(foreign)).isEqualTo(Outcome.WRONG_NETWORK);
    assertThat(ledger.state().lastCheckIn(alice.id())).isEmpty();
  }

  @Test
  void aCandidateEntersAndLeavesThePool() {
    var key = network.newKey();
    var entered = ledger.run(alice.notice(1, offer(alice, key)));
    assertThat(entered.membership())
        .containsExactly(new MembershipChange(alice.id(), MembershipChange.Kind.JOINED_POOL));
    assertThat(ledger.state().candidate(alice.id())).isPresent();
    assertThat(ledger.run(alice.notice(2, offer(alice, network.newKey()))).membership()).isEmpty();

    var left = ledger.run(alice.notice(1, new Notice.CandidateWithdrawal()));
    assertThat(left.membership())
        .containsExactly(new MembershipChange(alice.id(), MembershipChange.Kind.LEFT_POOL));
    assertThat(ledger.state().candidate(alice.id())).isEmpty();

    // An operational key serves one star for ever.
    var bob = network.star(2);
    assertThat(outcomeOf(bob.notice(1, offer(bob, key)))).isEqualTo(Outcome.BAD_KEY_PROOF);
    var seated = network.galaxyKeys().getFirst();
    assertThat(outcomeOf(bob.notice(2, offer(bob, seated)))).isEqualTo(Outcome.BAD_KEY_PROOF);
    assertThat(outcomeOf(bob.notice(3, offer(bob, bob.key())))).isEqualTo(Outcome.BAD_KEY_PROOF);
    assertThat(outcomeOf(bob.notice(4, offer(alice, network.newKey()))))
        .isEqualTo(Outcome.BAD_KEY_PROOF);
    assertThat(outcomeOf(bob.notice(5, offer(bob, network.newKey())))).isEqualTo(Outcome.RECORDED);
  }

  @Test
  void aBlockTellsOfNoMoreChangesOfThePoolThanItsHeaderHolds() {
    var many = GalaxyHeader.MEMBERSHIP_MAX + 2;
    var crowd = TestNetwork.of(2, 1, many, 0, Genesis.Parameters.DEFAULT, new HashedSignatures());
    var crowded = new TestLedger(crowd);
    var network = crowded.state().network();
    var offers =
        crowd.stars().stream()
            .map(star -> star.notice(1, offer(network, star, crowd.newKey())))
            .toArray(Notice[]::new);
    var result = crowded.run(offers);
    assertThat(result.membership()).hasSize(GalaxyHeader.MEMBERSHIP_MAX);
    assertThat(result.receipts())
        .filteredOn(receipt -> receipt.outcome() == Outcome.POOL_BUSY)
        .hasSize(2);
    // Another block has room again.
    var last = crowd.stars().getLast();
    var again = last.notice(2, offer(network, last, crowd.newKey()));
    assertThat(outcomes(crowded.run(again), again.id())).containsExactly(Outcome.RECORDED);
  }

  @Test
  void noKeyGenerationRunsYet() {
    assertThat(outcomeOf(alice.notice(1, new Notice.KeyPart(Hash.ZERO, 1, Bytes.EMPTY))))
        .isEqualTo(Outcome.NO_PLAN);
    assertThat(outcomeOf(alice.notice(1, new Notice.KeyAck(Hash.ZERO, 1, 0, Bytes.EMPTY))))
        .isEqualTo(Outcome.NO_PLAN);
  }

  @Test
  void anOfferNeedsTheAgreementKeysOwnProofForThisStarAndOperationalKey() {
    var bob = network.star(2);
    var key = network.newKey();
    var own = offer(alice, key);
    var altered = own.agreementProof().toArray();
    altered[40] ^= 1;
    var counter = 1;
    for (var proof :
        List.of(
            Bytes.copyOf(altered),
            offer(alice, network.newKey()).agreementProof(),
            offer(bob, key).agreementProof())) {
      assertThat(outcomeOf(alice.notice(counter++, withProof(own, proof))))
          .isEqualTo(Outcome.BAD_KEY_PROOF);
    }
    assertThat(ledger.state().candidate(alice.id())).isEmpty();
    assertThat(outcomeOf(alice.notice(counter, own))).isEqualTo(Outcome.RECORDED);
  }

  private static Notice.CandidateOffer withProof(Notice.CandidateOffer offer, Bytes proof) {
    return new Notice.CandidateOffer(
        offer.operationalKey(),
        offer.operationalProof(),
        offer.agreementKey(),
        proof,
        offer.operatorKey(),
        offer.utcOffsetMinutes(),
        offer.cores(),
        offer.memoryMebibytes());
  }
}
