package org.constellation.protocol.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.constellation.protocol.testkit.TestLedger.outcomes;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.CheckpointCodec;
import org.junit.jupiter.api.Test;

class ChainExecutionTest {

  private final TestNetwork network = TestNetwork.small();
  private final TestLedger ledger = new TestLedger(network);
  private final TestStar alice = network.star(0);
  private final TestStar bob = network.star(2);

  private static Body note() {
    return new Body.CompositionRegistration("a note", Bytes.EMPTY);
  }

  private long sequence(TestStar star) {
    return ledger.state().star(star.id()).orElseThrow().sequence();
  }

  @Test
  void aResentSegmentChangesNothingAndIsPassedOverInSilence() {
    var proposal = alice.say(pay(bob, 1, 10));
    var agreement = bob.say(new Body.Agreement(proposal.last().id()));
    ledger.run(0, proposal, agreement);
    var after = ledger.state();

    assertThat(ledger.run(0, agreement, proposal, proposal).receipts()).isEmpty();
    assertThat(ledger.state().balance(bob.id(), AssetId.NO0S)).isEqualTo(1_001);
    assertThat(ledger.state().star(alice.id())).isEqualTo(after.star(alice.id()));
  }

  @Test
  void ofAnOverlappingSegmentOnlyTheNewPartIsExecuted() {
    var first = alice.write(note());
    var second = alice.write(note());
    ledger.run(0, alice.sign(List.of(first, second)));
    var third = alice.write(note());

    var result = ledger.run(0, alice.sign(List.of(first, second, third)));
    assertThat(result.receipts())
        .containsExactly(new Receipt(third.id(), Outcome.RECORDED, Hash.ZERO));
    assertThat(sequence(alice)).isEqualTo(3);
  }

  @Test
  void aGapAdvancesNothingAndIsMendedByASegmentThatReachesBack() {
    var first = alice.write(note());
    var second = alice.write(note());
    var gap = ledger.run(0, alice.sign(List.of(second)));
    assertThat(outcomes(gap, second.id())).containsExactly(Outcome.NOT_NEXT);
    assertThat(sequence(alice)).isZero();

    ledger.run(0, alice.sign(List.of(first, second)));
    assertThat(sequence(alice)).isEqualTo(2);
  }

  @Test
  void ofTwoHalfBlocksAtOneSequenceTheFirstInTheBlockWins() {
    var one = alice.say(pay(bob, 1, 10));
    alice.goBackTo(0, Hash.ZERO);
    var other = alice.say(pay(bob, 2, 10));
    var beyond = alice.say(note());

    var result = ledger.run(0, one, other, beyond);
    assertThat(outcomes(result, one.last().id())).containsExactly(Outcome.HELD);
    assertThat(outcomes(result, other.last().id())).containsExactly(Outcome.NOT_NEXT);
    assertThat(outcomes(result, beyond.last().id())).containsExactly(Outcome.NOT_NEXT);
    assertThat(ledger.state().star(alice.id()).orElseThrow().head()).isEqualTo(one.last().id());
  }

  @Test
  void onlyTheHomeClusterMovesAStar() {
    var segment = alice.say(note());
    var result = ledger.run(1, segment);
    assertThat(outcomes(result, segment.last().id())).containsExactly(Outcome.WRONG_HOME);
    assertThat(sequence(alice)).isZero();
    var stranger = network.newStar().say(note());
    assertThat(outcomes(ledger.run(0, stranger), stranger.last().id()))
        .containsExactly(Outcome.WRONG_HOME);
    assertThat(outcomes(ledger.run(0, segment), segment.last().id()))
        .containsExactly(Outcome.RECORDED);
  }

  @Test
  void onlyTheCurrentKeySigns() {
    var otherKey = network.newKey();
    var halfBlock = alice.write(note());
    var ownKey = alice.key();
    alice.signWith(otherKey);
    var wrong = alice.sign(List.of(halfBlock));
    alice.signWith(ownKey);
    assertThat(outcomes(ledger.run(0, wrong), halfBlock.id())).containsExactly(Outcome.WRONG_KEY);
    assertThat(outcomes(ledger.run(0, alice.sign(List.of(halfBlock))), halfBlock.id()))
        .containsExactly(Outcome.RECORDED);
  }

  @Test
  void aBadSignatureAdvancesNothing() {
    var halfBlock = alice.write(note());
    var forged = Segment.of(alice.key().publicKey(), List.of(halfBlock), TestStar.NO_SIGNATURE);
    assertThat(outcomes(ledger.run(0, forged), halfBlock.id()))
        .containsExactly(Outcome.BAD_SIGNATURE);
    assertThat(sequence(alice)).isZero();
  }

  @Test
  void aHalfBlockOfAnotherNetworkAdvancesNothing() {
    var foreign = new TestStar(Hash.fromHex("0f".repeat(32)), alice.key()).say(note());
    assertThat(outcomes(ledger.run(0, foreign), foreign.last().id()))
        .containsExactly(Outcome.WRONG_NETWORK);
  }

  @Test
  void aKeyChangeIsInForceFromTheNextSequence() {
    var oldKey = alice.key();
    var newKey = network.newKey();
    ledger.run(0, alice.say(note()), alice.changeKey(newKey));
    var next = alice.say(note());
    assertThat(outcomes(ledger.run(0, next), next.last().id())).containsExactly(Outcome.RECORDED);

    var state = ledger.state();
    assertThat(state.keyAt(alice.id(), 1)).contains(oldKey.publicKey());
    assertThat(state.keyAt(alice.id(), 2)).contains(oldKey.publicKey());
    assertThat(state.keyAt(alice.id(), 3)).contains(newKey.publicKey());
    assertThat(state.keyAt(alice.id(), 99)).contains(newKey.publicKey());
    assertThat(state.keyAt(alice.id(), 0)).isEmpty();
    assertThat(state.keyAt(network.newStar().id(), 1)).isEmpty();

    alice.signWith(oldKey);
    var stale = alice.say(note());
    assertThat(outcomes(ledger.run(0, stale), stale.last().id()))
        .containsExactly(Outcome.WRONG_KEY);
  }

  @Test
  void aKeyChangeInsideASegmentEndsIt() {
    var before = alice.write(note());
    var change = alice.write(alice.keyChange(network.newKey()));
    var after = alice.write(note());
    var result = ledger.run(0, alice.sign(List.of(before, change, after)));

    assertThat(result.receipts())
        .extracting(Receipt::outcome)
        .containsExactly(Outcome.RECORDED, Outcome.RECORDED, Outcome.WRONG_KEY);
    assertThat(sequence(alice)).isEqualTo(2);
  }

  @Test
  void aKeyThatNobodyShowsToHaveIsNotAdopted() {
    var newKey = network.newKey();
    var borrowed = bob.keyChange(newKey);
    var segment = alice.say(borrowed);
    assertThat(outcomes(ledger.run(0, segment), segment.last().id()))
        .containsExactly(Outcome.BAD_KEY_PROOF);
    assertThat(ledger.state().star(alice.id()).orElseThrow().key())
        .isEqualTo(alice.key().publicKey());
    assertThat(sequence(alice)).isEqualTo(1);
  }

  @Test
  void recordsContractsAndCompositions() {
    var contract =
        alice.say(
            new Body.ContractRegistration(
                "vending", Hash.fromHex("22".repeat(32)), Bytes.copyOf(new byte[] {1})));
    var composition = alice.say(note());
    ledger.run(0, contract, composition);
    var registered = ledger.state().registration(contract.last().id()).orElseThrow();
    assertThat(registered.star()).isEqualTo(alice.id());
    assertThat(registered.codeHash()).isEqualTo(Hash.fromHex("22".repeat(32)));
    assertThat(ledger.state().registration(composition.last().id())).isPresent();
  }

  @Test
  void refusesACheckpointThatDoesNotFollowTheLastOne() {
    ledger.run(0, alice.say(note()));
    var record = ledger.state().cluster(0).orElseThrow();
    assertThat(record.round()).isEqualTo(1);
    assertUnexecutable(checkpoint(0, 0, 1, record.headerHash()), "round 1 of cluster 0");
    assertUnexecutable(checkpoint(0, 0, 3, record.headerHash()), "round 3 of cluster 0");
    assertUnexecutable(checkpoint(0, 0, 2, Hash.ZERO), "round 2 of cluster 0");
    assertUnexecutable(checkpoint(0, 1, 2, record.headerHash()), "in era 0");
    assertUnexecutable(checkpoint(7, 0, 2, record.headerHash()), "no cluster 7");
    ledger.block().add(checkpoint(0, 0, 2, record.headerHash())).execute();
    assertThat(ledger.state().cluster(0).orElseThrow().round()).isEqualTo(2);
  }

  private void assertUnexecutable(CertifiedCheckpoint checkpoint, String reason) {
    assertThatThrownBy(() -> ledger.block().add(checkpoint).execute())
        .isInstanceOf(UnexecutableBlock.class)
        .hasMessageContaining(reason);
  }

  private CertifiedCheckpoint checkpoint(int cluster, long era, long round, Hash previous) {
    var body = new CheckpointBody(List.of(), List.of());
    var header =
        CheckpointCodec.header(
            ledger.state().network(), cluster, era, round, previous, 0, body, List.of(), 1);
    return new CertifiedCheckpoint(header, new Certificate(List.of()), body);
  }

  @Test
  void refusesAnotherHeightAndTimeThatRunsBackwards() {
    ledger.later(5).block().execute();
    var input = ledger.block().input();
    var checks = SegmentCheck.verifying(network.scheme());
    var skipped =
        new BlockExecution.Input(input.height() + 1, input.time(), input.beacon(), input.content());
    assertThatThrownBy(() -> BlockExecution.execute(ledger.state(), skipped, checks))
        .isInstanceOf(UnexecutableBlock.class);
    var backwards =
        new BlockExecution.Input(
            input.height(), LedgerTime.startingAt(9), input.beacon(), input.content());
    assertThatThrownBy(() -> BlockExecution.execute(ledger.state(), backwards, checks))
        .isInstanceOf(UnexecutableBlock.class);
  }
}
