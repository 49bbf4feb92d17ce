package org.constellation.star.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.constellation.platform.loop.Turn;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.star.HandTurns;
import org.constellation.star.testgalaxy.TestNetwork;
import org.constellation.star.writer.Outgoing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has no receipt is sent again, in an order in which it is of use. */
class RelayTest {

  private final HandTurns loops = new HandTurns();
  private final List<Long> gossiped = new ArrayList<>();
  private final List<Bytes> noticed = new ArrayList<>();
  private StarId star;
  private Relay relay;

  @BeforeEach
  void makeRelay(@TempDir Path directory) throws Exception {
    var genesis = TestNetwork.create(directory, "relay", Genesis.Parameters.DEFAULT).genesis();
    var state = LedgerState.genesis(genesis);
    star = genesis.stars().getFirst().star();
    relay =
        new Relay(
            new Channels() {
              @Override
              public void gossip(int cluster, List<Bytes> segments) {
                segments.forEach(segment -> gossiped.add(sequence(segment)));
              }

              @Override
              public void inbox(List<Bytes> segments) {}

              @Override
              public void notices(List<Bytes> notices) {
                noticed.addAll(notices);
              }
            },
            () -> state,
            loops);
    relay.start();
  }

  /** Here a segment is its sequence and nothing else. */
  private Outgoing segment(long sequence) {
    return new Outgoing(
        star,
        sequence,
        sequence,
        Bytes.copyOf(Long.toString(sequence).getBytes(StandardCharsets.UTF_8)),
        false);
  }

  private static long sequence(Bytes segment) {
    return Long.parseLong(new String(segment.toArray(), StandardCharsets.UTF_8));
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private void send(long first, long last) {
    relay.send(range(first, last).stream().map(this::segment).toList());
  }

  /** What was gossiped until nothing was left to do. */
  private List<Long> sent() {
    long idle;
    do {
      idle = loops.take();
    } while (idle == 0);
    var sent = List.copyOf(gossiped);
    gossiped.clear();
    return sent;
  }

  private List<Long> sentAfter(long seconds) {
    loops.forward(Duration.ofSeconds(seconds));
    return sent();
  }

  @Test
  void sendsAtOnceAndThenEverMoreRarely() {
    send(1, 1);
    assertThat(sent()).containsExactly(1L);
    assertThat(loops.take()).isEqualTo(Duration.ofSeconds(3).toNanos());
    assertThat(sentAfter(2)).isEmpty();
    for (var pause : List.of(1, 6, 12, 24, 24)) {
      assertThat(sentAfter(pause - 1)).isEmpty();
      assertThat(sentAfter(1)).containsExactly(1L);
    }
    relay.executed(Map.of(star, 1L));
    assertThat(loops.take()).isEqualTo(Turn.UNTIL_WOKEN);
    assertThat(relay.depth()).isZero();
  }

  /** A broker that lost its data: a cluster keeps few of those that do not follow. */
  @Test
  void sendsAllThatAStarHasWaitingAgainTogetherAndInOrder() {
    for (var sequence = 1; sequence <= 300; sequence++) {
      send(sequence, sequence);
      assertThat(sentAfter(0)).containsExactly((long) sequence);
      loops.forward(Duration.ofMillis(7));
    }
    assertThat(sentAfter(1)).containsExactlyElementsOf(range(1, 300));
    assertThat(sentAfter(5)).isEmpty();
    assertThat(sentAfter(1)).containsExactlyElementsOf(range(1, 300));
  }

  @Test
  void waitsAsAtFirstOnceSomethingIsExecuted() {
    send(1, 5);
    assertThat(sent()).hasSize(5);
    assertThat(sentAfter(3)).hasSize(5);
    assertThat(sentAfter(6)).hasSize(5);
    relay.executed(Map.of(star, 2L));
    assertThat(relay.depth()).isEqualTo(3);
    assertThat(sentAfter(2)).isEmpty();
    assertThat(sentAfter(1)).containsExactly(3L, 4L, 5L);
  }

  @Test
  void whatTakesThePlaceOfWithdrawnSegmentsIsSentAtOnce() {
    send(1, 5);
    assertThat(sent()).hasSize(5);
    relay.withdrawn(Map.of(star, 3L));
    assertThat(relay.depth()).isEqualTo(2);
    send(3, 4);
    assertThat(sent()).containsExactly(3L, 4L);
    assertThat(sentAfter(3)).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void whatIsWantedNowWaitsForNoInterval() {
    send(1, 2);
    assertThat(sent()).hasSize(2);
    assertThat(sentAfter(3)).hasSize(2);
    relay.sendAllNow();
    assertThat(sent()).containsExactly(1L, 2L);
    assertThat(sentAfter(3)).containsExactly(1L, 2L);
  }

  @Test
  void sendsABoundedNumberAgain() {
    send(1, 3_000);
    assertThat(sent()).containsExactlyElementsOf(range(1, 3_000));
    assertThat(sentAfter(3)).containsExactlyElementsOf(range(1, 1_024));
  }

  @Test
  void asksForAHomeUntilThereIsOneAndContradictsFourTimes() {
    var notice = Bytes.copyOf(new byte[] {1});
    relay.join(star, notice);
    relay.fork(star, segment(7).segment());
    relay.fork(star, segment(8).segment());
    assertThat(sent()).containsExactly(7L);
    assertThat(sentAfter(3)).containsExactly(7L);
    assertThat(sentAfter(6)).containsExactly(7L);
    assertThat(sentAfter(12)).containsExactly(7L);
    assertThat(sentAfter(24)).isEmpty();
    assertThat(noticed).hasSize(5).containsOnly(notice);
    relay.homed(List.of(star));
    assertThat(loops.take()).isEqualTo(Turn.UNTIL_WOKEN);
  }
}
