package org.constellation.protocol.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.EnvelopeCodec;
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
                EvidenceExecution.convictionId(Committee.GALAXY, 0, key.publicKey()),
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
}
