package org.constellation.protocol.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.Mint;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.state.ExclusionRecord;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StateEntry;
import org.constellation.protocol.state.StateKey;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.protocol.wire.VoteCodec;
import org.junit.jupiter.api.Test;

class EvidenceExecutionTest {

  private final TestNetwork network = TestNetwork.small();
  private final TestLedger ledger = new TestLedger(network);
  private final TestStar alice = network.star(0);
  private final TestStar bob = network.star(2);

  private boolean isForked(TestStar star) {
    return ledger.state().star(star.id()).orElseThrow().forked();
  }

  /** Two half-blocks of alice at her next sequence. */
  private Evidence.Fork fork() {
    var sequence = alice.sequence();
    var head = alice.head();
    var one = alice.say(pay(bob, 1, 10));
    alice.goBackTo(sequence, head);
    return new Evidence.Fork(one, alice.say(pay(bob, 2, 10)));
  }

  private List<Receipt> judge(Evidence evidence) {
    return ledger.block().evidence(evidence).execute().receipts();
  }

  @Test
  void aForkMarksItsStarOnce() {
    var fork = fork();
    assertThat(judge(fork))
        .containsExactly(new Receipt(fork.second().first().id(), Outcome.FORK, Hash.ZERO));
    assertThat(isForked(alice)).isTrue();
    assertThat(judge(fork)).isEmpty();
  }

  @Test
  void aClustersEvidenceCountsLikeTheGalaxys() {
    var fork = fork();
    ledger
        .block()
        .checkpoint(0, new CheckpointBody(List.of(fork.first()), List.of(fork)))
        .execute();
    assertThat(isForked(alice)).isTrue();
  }

  @Test
  void aForkOfThePastIsJudgedByTheKeyOfThatTime() {
    var fork = fork();
    ledger.run(0, fork.first());
    alice.goBackTo(1, fork.first().last().id());
    ledger.run(0, alice.changeKey(network.newKey()));
    judge(fork);
    assertThat(isForked(alice)).isTrue();
  }

  @Test
  void nothingElseMarksAStar() {
    var fork = fork();
    var one = fork.first();
    var other = fork.second();
    // The same half-block signed twice, or the very same segment.
    assertThat(judge(new Evidence.Fork(one, one))).isEmpty();
    // Consecutive half-blocks.
    alice.goBackTo(1, one.last().id());
    assertThat(judge(new Evidence.Fork(one, alice.say(pay(bob, 3, 10))))).isEmpty();
    // Signed by nobody.
    var forged = Segment.of(other.key(), other.halfBlocks(), TestStar.NO_SIGNATURE);
    assertThat(judge(new Evidence.Fork(one, forged))).isEmpty();
    assertThat(judge(new Evidence.Fork(forged, one))).isEmpty();
    // Signed by somebody else.
    alice.signWith(network.newKey());
    assertThat(judge(new Evidence.Fork(one, alice.sign(other.halfBlocks())))).isEmpty();
    assertThat(
            judge(new Evidence.Fork(alice.sign(one.halfBlocks()), alice.sign(other.halfBlocks()))))
        .isEmpty();
    // Another star's, another network's.
    assertThat(judge(new Evidence.Fork(one, bob.say(pay(alice, 1, 10))))).isEmpty();
    var elsewhere = new TestStar(Hash.ZERO, network.star(0).key());
    assertThat(judge(new Evidence.Fork(one, elsewhere.say(pay(bob, 1, 10))))).isEmpty();
    assertThat(isForked(alice)).isFalse();
    assertThat(isForked(bob)).isFalse();
  }

  @Test
  void aForkBeyondTheNextSequenceWaitsUntilItsKeyIsKnown() {
    var before = alice.say(pay(bob, 1, 10));
    var fork = fork();
    assertThat(judge(fork)).isEmpty();
    ledger.run(0, before);
    assertThat(judge(fork)).hasSize(1);
  }

  private SignedMessage vote(
      SigningKey key, Committee committee, long era, long round, String value) {
    var header =
        new Envelope.Header(ledger.state().network(), committee, era, key.publicKey(), 1, 1);
    var slot = new Vote.Slot(round, 0, Vote.Kind.ECHO, 0);
    var vote =
        VoteCodec.encode(new Vote(slot, Bytes.copyOf(value.getBytes(StandardCharsets.UTF_8))));
    var padding = Bytes.copyOf(new byte[] {1});
    return EnvelopeCodec.extract(EnvelopeCodec.seal(header, List.of(padding, vote), key), 1);
  }

  private Evidence doubleVote(SigningKey key) {
    return new Evidence.DoubleVote(
        vote(key, Committee.GALAXY, 0, 7, "one"), vote(key, Committee.GALAXY, 0, 7, "two"));
  }

  @Test
  void aMemberThatVotesTwiceIsConvictedOnceAnEra() {
    var key = network.galaxyKeys().get(2);
    assertThat(judge(doubleVote(key)))
        .containsExactly(
            new Receipt(
                StateEntry.Conviction.idOf(Committee.GALAXY, 0, key.publicKey()),
                Outcome.DOUBLE_VOTE,
                Hash.ZERO));
    assertThat(ledger.state().isConvicted(Committee.GALAXY, 0, key.publicKey())).isTrue();
    assertThat(judge(doubleVote(key))).isEmpty();
  }

  @Test
  void nothingElseConvictsAMember() {
    var key = network.galaxyKeys().get(2);
    var galaxy = Committee.GALAXY;
    var one = vote(key, galaxy, 0, 7, "one");
    var two = vote(key, galaxy, 0, 7, "two");
    assertThat(judge(new Evidence.DoubleVote(one, one))).isEmpty();
    assertThat(judge(new Evidence.DoubleVote(one, vote(key, galaxy, 0, 8, "two")))).isEmpty();
    assertThat(judge(new Evidence.DoubleVote(one, vote(key, galaxy, 1, 7, "two")))).isEmpty();
    assertThat(
            judge(
                new Evidence.DoubleVote(
                    vote(key, galaxy, 1, 7, "one"), vote(key, galaxy, 1, 7, "two"))))
        .isEmpty();
    assertThat(
            judge(
                new Evidence.DoubleVote(
                    vote(key, Committee.ofCluster(0), 0, 7, "one"),
                    vote(key, Committee.ofCluster(0), 0, 7, "two"))))
        .isEmpty();
    var other = network.galaxyKeys().get(1);
    assertThat(judge(new Evidence.DoubleVote(one, vote(other, galaxy, 0, 7, "two")))).isEmpty();
    assertThat(judge(doubleVote(network.newKey()))).isEmpty();
    var unsigned =
        new SignedMessage(
            two.header(),
            two.headerBytes(),
            two.message(),
            two.index(),
            two.size(),
            two.siblings(),
            TestStar.NO_SIGNATURE);
    assertThat(judge(new Evidence.DoubleVote(one, unsigned))).isEmpty();
    assertThat(ledger.state().isConvicted(galaxy, 0, key.publicKey())).isFalse();
  }

  private CertifiedHead checkpoint(int cluster, long era, long round, int time, int... signers) {
    var header =
        CheckpointCodec.header(
            ledger.state().network(),
            cluster,
            era,
            round,
            Hash.ZERO,
            0,
            new CheckpointBody(List.of(), List.of()),
            List.of(),
            time);
    return new CertifiedHead.OfCheckpoint(
        header, TestNetwork.certificate(network.clusterKeys(cluster), header.hash(), signers));
  }

  private CertifiedHead galaxyBlock(long height, int time, int... signers) {
    var header =
        GalaxyCodec.header(
            ledger.state().network(),
            0,
            height,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            List.of(),
            Mint.NONE,
            List.of(),
            List.of(),
            Hash.ZERO,
            new LedgerTime(time, 0, 0),
            List.of(),
            0);
    return new CertifiedHead.OfGalaxyBlock(
        header, TestNetwork.certificate(network.galaxyKeys(), header.hash(), signers));
  }

  private List<Integer> convicted(Committee committee) {
    var plan = ledger.state().eraPlan(committee).orElseThrow();
    return IntStream.range(0, plan.members().size())
        .filter(
            i -> ledger.state().isConvicted(committee, 0, plan.members().get(i).operationalKey()))
        .boxed()
        .toList();
  }

  @Test
  void whoSignedBothOfTwoCertifiedHeadersIsConvictedAndNobodyElse() {
    var headers =
        new Evidence.TwoHeaders(checkpoint(1, 0, 7, 1, 0, 1, 3), checkpoint(1, 0, 7, 2, 1, 2, 3));
    assertThat(judge(headers))
        .extracting(Receipt::outcome)
        .containsExactly(Outcome.TWO_HEADERS, Outcome.TWO_HEADERS);
    assertThat(convicted(Committee.ofCluster(1))).containsExactly(1, 3);
    assertThat(convicted(Committee.ofCluster(0))).isEmpty();
    assertThat(convicted(Committee.GALAXY)).isEmpty();
    assertThat(judge(headers)).isEmpty();
  }

  @Test
  void ofSeveralPairsEachMemberIsConvictedOnce() {
    judge(
        new Evidence.TwoHeaders(checkpoint(1, 0, 7, 1, 0, 1, 3), checkpoint(1, 0, 7, 2, 1, 2, 3)));
    var more =
        judge(
            new Evidence.TwoHeaders(
                checkpoint(1, 0, 9, 1, 0, 1, 2, 3), checkpoint(1, 0, 9, 2, 0, 1, 3)));
    assertThat(more)
        .extracting(Receipt::subject)
        .containsExactly(
            StateEntry.Conviction.idOf(
                Committee.ofCluster(1), 0, network.clusterKeys(1).get(0).publicKey()));
  }

  @Test
  void twoGalaxyHeadersConvictLikeTwoCheckpoints() {
    judge(new Evidence.TwoHeaders(galaxyBlock(3, 1, 0, 1, 2), galaxyBlock(3, 2, 0, 2, 3)));
    assertThat(convicted(Committee.GALAXY)).containsExactly(0, 2);
  }

  @Test
  void nothingElseConvictsSignersOfHeaders() {
    var one = checkpoint(1, 0, 7, 1, 0, 1, 3);
    // One header, also with the signatures of others.
    assertThat(judge(new Evidence.TwoHeaders(one, one))).isEmpty();
    assertThat(judge(new Evidence.TwoHeaders(one, checkpoint(1, 0, 7, 1, 1, 2, 3)))).isEmpty();
    // Another round, another cluster, another layer, another era.
    assertThat(judge(new Evidence.TwoHeaders(one, checkpoint(1, 0, 8, 2, 0, 1, 3)))).isEmpty();
    assertThat(judge(new Evidence.TwoHeaders(one, checkpoint(0, 0, 7, 2, 0, 1, 3)))).isEmpty();
    assertThat(judge(new Evidence.TwoHeaders(one, galaxyBlock(7, 2, 0, 1, 3)))).isEmpty();
    assertThat(judge(new Evidence.TwoHeaders(one, checkpoint(1, 1, 7, 2, 0, 1, 3)))).isEmpty();
    assertThat(
            judge(
                new Evidence.TwoHeaders(
                    checkpoint(1, 1, 7, 1, 0, 1, 3), checkpoint(1, 1, 7, 2, 0, 1, 3))))
        .isEmpty();
    // Fewer than n-f signatures, on either side: those two may have been deceived.
    assertThat(judge(new Evidence.TwoHeaders(one, checkpoint(1, 0, 7, 2, 0, 1)))).isEmpty();
    assertThat(judge(new Evidence.TwoHeaders(checkpoint(1, 0, 7, 2, 0, 1), one))).isEmpty();
    // One signature among enough good ones that is none.
    var spoiled = (CertifiedHead.OfCheckpoint) checkpoint(1, 0, 7, 2, 0, 1, 2, 3);
    var signatures = new ArrayList<>(spoiled.certificate().signatures());
    signatures.set(2, new Certificate.MemberSignature(2, TestStar.NO_SIGNATURE));
    assertThat(
            judge(
                new Evidence.TwoHeaders(
                    one,
                    new CertifiedHead.OfCheckpoint(spoiled.header(), new Certificate(signatures)))))
        .isEmpty();
    assertThat(convicted(Committee.ofCluster(0))).isEmpty();
    assertThat(convicted(Committee.ofCluster(1))).isEmpty();
    assertThat(convicted(Committee.GALAXY)).isEmpty();
  }

  private Optional<ExclusionRecord> exclusion(Committee committee, int member) {
    var plan = ledger.state().eraPlan(committee).orElseThrow();
    return ledger.state().exclusion(plan.members().get(member).star());
  }

  @Test
  void aConvictedMembersStarSitsOutTheNextElection() {
    judge(doubleVote(network.galaxyKeys().get(2)));
    assertThat(exclusion(Committee.GALAXY, 2)).contains(new ExclusionRecord(1, 1, 1));
    assertThat(exclusion(Committee.GALAXY, 1)).isEmpty();
  }

  @Test
  void aSecondOffenceInOneEraAddsNothing() {
    judge(doubleVote(network.galaxyKeys().get(2)));
    judge(new Evidence.TwoHeaders(galaxyBlock(3, 1, 0, 1, 2), galaxyBlock(3, 2, 0, 2, 3)));
    assertThat(exclusion(Committee.GALAXY, 2)).contains(new ExclusionRecord(1, 1, 1));
    assertThat(exclusion(Committee.GALAXY, 0)).contains(new ExclusionRecord(1, 1, 2));
  }

  @Test
  void anExclusionIsProvenFromTheStateRoot() {
    var member = network.genesis().galaxy().members().get(2).star();
    var before = ledger.state();
    judge(doubleVote(network.galaxyKeys().get(2)));
    var after = ledger.state();
    var key = StateKey.exclusion(member);
    assertThat(before.proveExclusion(member).excludes(before.root(), key)).isTrue();
    var proof = after.proveExclusion(member);
    assertThat(proof.includes(after.root(), key)).isTrue();
    assertThat(proof.includes(before.root(), key)).isFalse();
    assertThat(LedgerState.provenExclusion(proof.value())).contains(new ExclusionRecord(1, 1, 1));
    assertThat(LedgerState.provenExclusion(new byte[] {1})).isEmpty();
    var restored = LedgerState.restore(after.entries());
    assertThat(restored.exclusion(member)).isEqualTo(after.exclusion(member));
    assertThat(restored.root()).isEqualTo(after.root());
  }

  @Test
  void theStarOfAForkGoesOnWithTheHalfBlockThatWon() {
    var fork = fork();
    ledger
        .block()
        .checkpoint(0, new CheckpointBody(List.of(fork.first()), List.of(fork)))
        .execute();
    var winner = fork.first().last();
    assertThat(ledger.state().star(alice.id()).orElseThrow().head()).isEqualTo(winner.id());
    alice.goBackTo(winner.sequence(), winner.id());
    var next = alice.say(pay(bob, 3, 10));
    assertThat(TestLedger.outcomes(ledger.run(0, next), next.last().id()))
        .containsExactly(Outcome.HELD);
    assertThat(isForked(alice)).isTrue();
  }

  /** Executed as if every signature were good: not even then is a repeat evidence. */
  private List<Receipt> judgeWhateverIsSigned(Evidence evidence) {
    var input = ledger.block().evidence(evidence).input();
    var believing = SegmentCheck.verifying((_, _, _) -> true);
    return BlockExecution.execute(ledger.state(), input, believing).receipts();
  }

  @Test
  void theSameHalfBlockSignedAgainIsNoFork() {
    var one = alice.write(pay(bob, 1, 10));
    var two = alice.write(pay(bob, 2, 10));
    var whole = alice.sign(List.of(one, two));
    var repeats =
        new ArrayList<>(
            List.of(
                alice.sign(List.of(one)),
                whole,
                Segment.of(whole.key(), whole.halfBlocks(), TestStar.NO_SIGNATURE)));
    ledger.run(0, whole);
    ledger.run(0, alice.changeKey(network.newKey()));
    repeats.add(alice.sign(List.of(one, two)));
    repeats.add(alice.sign(List.of(one)));
    for (var first : repeats) {
      for (var second : repeats) {
        assertThat(judgeWhateverIsSigned(new Evidence.Fork(first, second))).isEmpty();
      }
    }
  }

  @Test
  void theSameVoteInOtherEnvelopesIsNoDoubleVote() {
    var key = network.galaxyKeys().get(2);
    var network = ledger.state().network();
    var slot = new Vote.Slot(7, 0, Vote.Kind.ECHO, 0);
    var vote = VoteCodec.encode(new Vote(slot, Bytes.copyOf(new byte[] {1})));
    var padding = Bytes.copyOf(new byte[] {1});
    var repeats = new ArrayList<SignedMessage>();
    for (var process = 1; process <= 2; process++) {
      for (var sending = 1; sending <= 3; sending++) {
        var header =
            new Envelope.Header(
                network, Committee.GALAXY, 0, key.publicKey(), sending, process * 1_000L);
        repeats.add(EnvelopeCodec.extract(EnvelopeCodec.seal(header, List.of(vote), key), 0));
        repeats.add(
            EnvelopeCodec.extract(EnvelopeCodec.seal(header, List.of(padding, vote), key), 1));
      }
    }
    for (var first : repeats) {
      for (var second : repeats) {
        assertThat(judge(new Evidence.DoubleVote(first, second))).isEmpty();
      }
    }
    assertThat(convicted(Committee.GALAXY)).isEmpty();
  }
}
