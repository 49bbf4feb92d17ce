package org.constellation.protocol.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.MemberTableVotes;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.KeyPossession;
import org.constellation.protocol.crypto.AgreementProof;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.junit.jupiter.api.Test;

class LedgerStateTest {

  private final TestNetwork network = TestNetwork.small();
  private final TestLedger ledger = new TestLedger(network);
  private final TestStar alice = network.star(0);
  private final TestStar bob = network.star(2);

  /** One of every kind of entry but convictions and exclusions, which need evidence. */
  private LedgerState fullState() {
    var definition = alice.say(new Body.AssetDefinition("PTS", "points", 2));
    var held = alice.say(TestStar.pay(bob, 7, 20));
    var settled = alice.say(TestStar.pay(bob, 5, 20));
    var agreed = bob.say(new Body.Agreement(settled.last().id()));
    var waiting = bob.say(new Body.Agreement(Hash.fromHex("77".repeat(32))));
    var contract = bob.say(new Body.ContractRegistration("c", Hash.ZERO, Bytes.EMPTY));
    ledger.run(0, definition, held, settled, agreed, waiting, contract);
    ledger.run(0, alice.changeKey(network.newKey()));
    var operational = network.newKey();
    var proof =
        operational.sign(
            KeyPossession.operationalMessage(
                ledger.state().network(), bob.id(), operational.publicKey()));
    var secret = Hash.fromHex("11".repeat(32)).toBytes();
    var offer =
        new Notice.CandidateOffer(
            operational.publicKey(),
            proof,
            AgreementProof.keyOf(secret),
            AgreementProof.prove(
                secret,
                KeyPossession.agreementMessage(
                    ledger.state().network(), bob.id(), operational.publicKey()),
                new Random(1)),
            bob.key().publicKey(),
            -60,
            4,
            1_024);
    ledger.run(bob.notice(1, offer), bob.notice(1, new Notice.CheckIn(3, Hash.ZERO)));
    var table = new TableVote("meme", 1, Hash.ZERO, Hash.ZERO);
    ledger
        .block()
        .votes(new MemberTableVotes(0, List.of(table)), new MemberTableVotes(1, List.of(table)))
        .execute();
    return ledger.state();
  }

  @Test
  void beginsWithWhatTheGenesisSays() {
    var state = ledger.state();
    assertThat(state.height()).isZero();
    assertThat(state.network()).isEqualTo(network.genesis().network());
    assertThat(state.parameters()).isEqualTo(network.genesis().parameters());
    assertThat(state.clusters()).containsExactly(0, 1);
    assertThat(state.cluster(1).orElseThrow().headerHash())
        .isEqualTo(CheckpointHeader.genesisOf(state.network(), 1));
    assertThat(state.eraPlan(Committee.ofCluster(1))).contains(network.genesis().clusters().get(1));
    assertThat(state.galaxyPlan()).isEqualTo(network.genesis().galaxy());
    assertThat(state.eraPlan(Committee.ofCluster(9))).isEmpty();
    assertThat(state.asset(AssetId.NO0S).orElseThrow().supply()).isEqualTo(6_000);
    assertThat(state.star(alice.id()).orElseThrow().home()).isZero();
    assertThat(state.balance(alice.id(), AssetId.NO0S)).isEqualTo(1_000);
  }

  @Test
  void aSnapshotOfItsEntriesRestoresAllOfIt() {
    var state = fullState();
    var kinds = state.entries().map(entry -> entry.key().toArray()[0]).distinct().toList();
    assertThat(kinds).hasSize(18).isSorted();
    var restored = LedgerState.restore(state.entries());
    assertThat(restored.root()).isEqualTo(state.root());
    assertThat(restored.entries().toList()).isEqualTo(state.entries().toList());
    assertThat(restored.height()).isEqualTo(state.height());
    assertThat(restored.time()).isEqualTo(state.time());
    assertThat(restored.star(alice.id())).isEqualTo(state.star(alice.id()));
    assertThat(restored.candidate(bob.id())).isEqualTo(state.candidate(bob.id()));
    assertThat(restored.galaxyPlan()).isEqualTo(state.galaxyPlan());
  }

  @Test
  void everyChangedByteOfASnapshotIsRefusedOrGivesAnotherRoot() {
    var state = fullState();
    var entries = state.entries().toList();
    for (var i = 0; i < entries.size(); i++) {
      var value = entries.get(i).value().toArray();
      for (var at = 0; at < value.length; at++) {
        var altered = value.clone();
        altered[at] ^= 1;
        var snapshot = new ArrayList<>(entries);
        snapshot.set(i, new LedgerState.Entry(entries.get(i).key(), Bytes.copyOf(altered)));
        assertThat(rootOf(snapshot)).as("entry %d, byte %d", i, at).isNotEqualTo(state.root());
      }
    }
  }

  private static Hash rootOf(List<LedgerState.Entry> snapshot) {
    try {
      return LedgerState.restore(snapshot.stream()).root();
    } catch (MalformedSnapshot e) {
      return Hash.ZERO;
    }
  }

  @Test
  void entriesThatAreNoStateAreRefused() {
    var entries = ledger.state().entries().toList();
    assertThatThrownBy(() -> LedgerState.restore(Stream.empty()))
        .isInstanceOf(MalformedSnapshot.class);
    assertThatThrownBy(() -> LedgerState.restore(entries.stream().skip(1)))
        .isInstanceOf(MalformedSnapshot.class);
    var star = entries.get(5);
    var longer = Arrays.copyOf(star.value().toArray(), star.value().length() + 1);
    assertThatThrownBy(
            () ->
                LedgerState.restore(
                    Stream.of(new LedgerState.Entry(star.key(), Bytes.copyOf(longer)))))
        .isInstanceOf(MalformedSnapshot.class);
    assertThatThrownBy(
            () -> LedgerState.restore(Stream.of(new LedgerState.Entry(Bytes.EMPTY, star.value()))))
        .isInstanceOf(MalformedSnapshot.class);
  }

  @Test
  void provesABalanceAndThatThereIsNone() {
    var state = fullState();
    var key = StateKey.balance(bob.id(), AssetId.NO0S);
    var proof = state.proveBalance(bob.id(), AssetId.NO0S);
    assertThat(proof.includes(state.root(), key)).isTrue();
    assertThat(LedgerState.provenBalance(proof.value())).contains(1_005L);
    var nothing = new AssetId(Hash.fromHex("99".repeat(32)));
    assertThat(
            state
                .proveBalance(bob.id(), nothing)
                .excludes(state.root(), StateKey.balance(bob.id(), nothing)))
        .isTrue();
  }

  @Test
  void anOldVersionStaysAsItWas() {
    var genesis = ledger.state();
    var root = genesis.root();
    var later = fullState();
    assertThat(genesis.root()).isEqualTo(root).isNotEqualTo(later.root());
    assertThat(genesis.balance(bob.id(), AssetId.NO0S)).isEqualTo(1_000);
    assertThat(LedgerState.restore(genesis.entries()).root()).isEqualTo(root);
  }
}
