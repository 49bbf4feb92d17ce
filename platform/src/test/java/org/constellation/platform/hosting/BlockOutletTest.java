package org.constellation.platform.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.constellation.platform.TestCommittees;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.follow.BlockSource;
import org.constellation.platform.loop.ThreadLoops;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockOutletTest {

  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofMillis(5);
  private static final int SELF = 2;
  private static final int MEMBERS = 4;

  /** Rounds of which the first member to send is {@link #SELF}. */
  private static final long OWN_TURN = SELF + MEMBERS;

  private static final long NEXT_OWN_TURN = OWN_TURN + MEMBERS;

  private final Sent sent = new Sent();

  /** Remembers the rounds of the blocks that were sent whole. */
  private static final class Sent implements EnvelopePublisher {
    private final List<Long> rounds = new CopyOnWriteArrayList<>();
    private volatile @Nullable Error failsOnceWith;

    @Override
    public void publish(Topic topic, Bytes key, List<Bytes> messages) {
      var failure = failsOnceWith;
      if (failure != null) {
        failsOnceWith = null;
        throw failure;
      }
      for (var message : messages) {
        BlockChunks.decode(message)
            .toOptional()
            .filter(chunk -> chunk.index() == chunk.total() - 1)
            .map(BlockChunk::number)
            .ifPresent(rounds::add);
      }
    }

    long count(long round) {
      return rounds.stream().filter(one -> one == round).count();
    }

    @Override
    public void close() {}
  }

  private BlockOutlet outlet(Duration turn, Duration resend) {
    var committee = TestCommittees.of(Committee.GALAXY, MEMBERS, 1);
    var seat =
        new MemberSeat(
            TestNetwork.hashOf("outlet"), committee.plan(), SELF, committee.keys().get(SELF));
    BlockSource source =
        round ->
            Optional.of(
                new BlockSource.Stored(
                    Hash.ZERO, Bytes.copyOf(new byte[BlockChunk.BYTES_MAX + 1])));
    return new BlockOutlet(
        "test",
        seat,
        new Topics("outlet").blocks(),
        source,
        sent,
        new HostingProperties(turn, resend, resend),
        new ThreadLoops("test"));
  }

  @Test
  void sendsAtOnceWhenItIsItsTurnAndElseWaits() {
    try (var outlet = outlet(NEVER, NEVER)) {
      for (var round = OWN_TURN; round <= NEXT_OWN_TURN; round++) {
        outlet.offer(round);
      }
      await().until(() -> sent.rounds.contains(NEXT_OWN_TURN));
      assertThat(sent.rounds).containsExactlyInAnyOrder(OWN_TURN, NEXT_OWN_TURN);
      assertThat(outlet.waiting()).isEqualTo(MEMBERS + 1);
    }
  }

  @Test
  void stepsInForOneWhoseTurnPassedInVain() {
    try (var outlet = outlet(SOON, NEVER)) {
      Stream.of(OWN_TURN + 1, OWN_TURN + 2, OWN_TURN + 3).forEach(outlet::offer);
      await().until(() -> sent.rounds.size() == 3);
    }
  }

  @Test
  void sendsOnAfterASendThatFailed() {
    sent.failsOnceWith = new StackOverflowError();
    try (var outlet = outlet(NEVER, SOON)) {
      outlet.offer(OWN_TURN);
      await().until(() -> sent.count(OWN_TURN) >= 1);
    }
  }

  @Test
  void putsItsTurnOffForABlockThatWasSeen() {
    try (var outlet = outlet(Duration.ofMillis(300), NEVER)) {
      outlet.offer(OWN_TURN - 1);
      outlet.seen(OWN_TURN - 1);
      outlet.offer(OWN_TURN - 2);
      await().until(() -> sent.rounds.contains(OWN_TURN - 2));
      assertThat(sent.count(OWN_TURN - 1)).isZero();
    }
  }

  @Test
  void sendsAgainUntilTheBlockHasArrived() {
    try (var outlet = outlet(NEVER, SOON)) {
      outlet.offer(OWN_TURN);
      await().until(() -> sent.count(OWN_TURN) >= 3);
      outlet.arrivedThrough(OWN_TURN);
      outlet.offer(OWN_TURN);
      outlet.offer(NEXT_OWN_TURN);
      await().until(() -> sent.count(NEXT_OWN_TURN) >= 1);
      var before = sent.count(OWN_TURN);
      await().until(() -> sent.count(NEXT_OWN_TURN) >= 5);
      assertThat(sent.count(OWN_TURN)).isEqualTo(before);
      outlet.arrived(NEXT_OWN_TURN);
      assertThat(outlet.waiting()).isZero();
    }
  }
}
