package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.star.ledger.LedgerSource;
import org.constellation.star.writer.StarWriter;
import org.constellation.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that was put back from a copy does not make forks of its stars' chains. */
class OldDatabaseTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final long VALID_TICKS = 100;

  private final SigningKey key = Ed25519.best().generate(new SecureRandom());
  private final AtomicLong readsUpTo = new AtomicLong(Long.MAX_VALUE);
  private RunningNetwork network;

  @BeforeEach
  void start() {
    network = RunningNetwork.start(OldDatabaseTest.class);
  }

  @AfterEach
  void stop() {
    network.close();
  }

  @Test
  void signsNothingBeforeItKnowsWhereItsStarsAre() {
    var alice = network.fundedStar(100);
    var bob = network.fundedStar(100);
    var carol = network.fundedStar(100);
    var dave = network.openOwned(key);
    network.stopService();
    copyDatabase();
    network.wrap(LedgerSource.class, ledger -> new LateLedger(ledger, readsUpTo));
    network.startService();

    // Each of them writes in turn of its own accord and in answer to the other.
    var sincePaid = new ArrayList<String>();
    for (var i = 0; i < 5; i++) {
      sincePaid.add(network.pay(alice, bob.id(), 2));
      sincePaid.add(network.pay(bob, alice.id(), 1));
    }
    // Bob agrees to this only after he has paid, though the ledger has it before.
    readsUpTo.set(0);
    var asset = halfBlock(dave, 1, Hash.ZERO, new Body.AssetDefinition("CAKE", "cakes", 0));
    var cake = halfBlock(dave, 2, asset.id(), gift(bob, asset));
    bring(asset, cake);
    var cakeIsThere = network.galaxy().state().height();
    sincePaid.add(network.pay(bob, alice.id(), 1));
    readsUpTo.set(Long.MAX_VALUE);
    sincePaid.add(cake.id().toHex());

    network.post("/api/stars/" + carol.id() + "/key-changes", "", carol.token()).expect(202);
    sincePaid.add(network.pay(carol, bob.id(), 1));
    sincePaid.forEach(id -> network.awaitStatus(id, "FINAL"));
    network.stopService();
    putCopyBack();
    // This nobody has agreed to yet.
    var another = halfBlock(dave, 3, cake.id(), gift(bob, asset));
    bring(another);
    readsUpTo.set(cakeIsThere);
    network.startServiceAtOnce();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> network.bean(StarWriter.class).height() == cakeIsThere);
    assertThat(pay(alice, bob.id()).code()).isEqualTo("CATCHING_UP");
    assertThat(network.get("/actuator/health").text()).contains("older than the ledger");
    readsUpTo.set(Long.MAX_VALUE);

    var next = new ArrayList<String>();
    next.add(payAsSoonAsPossible(alice, bob.id()));
    next.add(payAsSoonAsPossible(bob, alice.id()));
    sincePaid.forEach(id -> network.awaitStatus(id, "FINAL"));
    next.forEach(id -> network.awaitStatus(id, "FINAL"));
    network.awaitStatus(another.id().toHex(), "FINAL");
    assertThat(network.balance(alice.id())).isEqualTo("96");
    assertThat(network.balance(bob.id())).isEqualTo("105");
    assertThat(network.balance(carol.id())).isEqualTo("99");
    // The answer that made it rich, 5 payments, 6 answers, the last payment, the last answer.
    assertThat(chain(alice)).isEqualTo(14);
    assertThat(List.of(alice, bob, carol)).noneMatch(this::isForked);

    var lost = pay(carol, bob.id());
    assertThat(lost.code()).isEqualTo("OWNER_SIGNS");
    assertThat(lost.text()).contains("not kept here");
  }

  private HalfBlock halfBlock(StarId star, long sequence, Hash previous, Body body) {
    return ChainCodec.halfBlock(
        network.network().genesis().network(), star, sequence, previous, body);
  }

  private Body gift(RunningNetwork.Star to, HalfBlock asset) {
    return new Body.Proposal(
        StarId.parse(to.id()),
        List.of(new Leg(Leg.Direction.GIVE, new AssetId(asset.id()), 1)),
        network.galaxy().state().time().tick() + VALID_TICKS,
        new Body.Memo(""));
  }

  /** Into the ledger, past the service. */
  private void bring(HalfBlock... halfBlocks) {
    var last = halfBlocks[halfBlocks.length - 1];
    network
        .galaxy()
        .bring(
            Segment.of(
                key.publicKey(), List.of(halfBlocks), key.sign(Segment.signedMessage(last.id()))));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> network.galaxy().state().proposal(last.id()).isPresent());
  }

  private boolean isForked(RunningNetwork.Star star) {
    return network.galaxy().state().star(StarId.parse(star.id())).orElseThrow().forked();
  }

  private int chain(RunningNetwork.Star star) {
    return network.get("/api/stars/" + star.id() + "/chain").expect(200).path("halfBlocks").size();
  }

  private RunningNetwork.Answer pay(RunningNetwork.Star from, String to) {
    var body = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}".formatted(from.id(), to);
    return network.post("/api/transactions", body, from.token());
  }

  private String payAsSoonAsPossible(RunningNetwork.Star from, String to) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              var answer = pay(from, to);
              assertThat(answer.code()).isIn("", "CATCHING_UP");
              return answer;
            },
            answer -> answer.status() == 202)
        .body()
        .path("id")
        .stringValue();
  }

  private void copyDatabase() {
    var name = network.database().name();
    server().sql("CREATE DATABASE \"%s copy\" TEMPLATE \"%s\"".formatted(name, name)).update();
  }

  private void putCopyBack() {
    var name = network.database().name();
    server().sql("DROP DATABASE \"%s\" WITH (FORCE)".formatted(name)).update();
    server().sql("ALTER DATABASE \"%s copy\" RENAME TO \"%s\"".formatted(name, name)).update();
  }

  private JdbcClient server() {
    return JdbcClient.create(new TestDatabase(network.database().port(), "postgres").dataSource());
  }

  /** Reads as far as it is let. */
  private record LateLedger(LedgerSource ledger, AtomicLong upTo) implements LedgerSource {

    @Override
    public LedgerState state() {
      return ledger.state();
    }

    @Override
    public void start(Follower follower) {
      ledger.start(block -> block.header().height() <= upTo.get() && follower.next(block));
    }

    @Override
    public Optional<String> trouble() {
      return ledger.trouble();
    }

    @Override
    public OptionalLong end() {
      return ledger.end();
    }

    @Override
    public void close() {
      ledger.close();
    }
  }
}
