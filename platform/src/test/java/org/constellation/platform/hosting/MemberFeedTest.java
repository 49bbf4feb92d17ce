package org.constellation.platform.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.platform.HandLoops;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.member.MemberDriver;
import org.constellation.platform.member.TestDrivers;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopeHandler;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.SenderCheck;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.crypto.Ed25519;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberFeedTest {

  private final HandLoops loops = new HandLoops();
  private final ByHand transport = new ByHand();
  private final List<Integer> prepared = new ArrayList<>();
  private final List<Integer> done = new ArrayList<>();
  private MemberDriver<?> driver;
  private MemberFeed feed;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    driver = TestDrivers.start(directory.resolve("journal"), loops);
    feed =
        new MemberFeed(
            transport,
            new Subscription(
                "test",
                TestNetwork.hashOf("feed"),
                List.of(Feed.of(new Topics("feed").notices())),
                Subscription.StartAt.LATEST,
                SenderCheck.anyone(),
                Ed25519.best()),
            driver,
            _ -> prepare());
  }

  @AfterEach
  void close() {
    feed.close();
    driver.close();
  }

  private Optional<Runnable> prepare() {
    var number = prepared.size() + 1;
    if (number % 10 == 0) {
      throw new IllegalStateException("a defect");
    }
    prepared.add(number);
    return Optional.of(() -> done.add(number));
  }

  @Test
  void takesAFewBatchesAheadAndPreparesEachOnce() {
    for (var i = 0; i < MemberFeed.BATCHES_MAX; i++) {
      assertThat(transport.bring()).isTrue();
    }
    assertThat(transport.bring()).isFalse();
    assertThat(transport.bring()).isFalse();
    assertThat(prepared).hasSize(MemberFeed.BATCHES_MAX + 1);
    assertThat(done).isEmpty();

    loops.run();
    assertThat(done).hasSize(MemberFeed.BATCHES_MAX);
    assertThat(transport.bring()).isTrue();
    loops.run();
    assertThat(done).isEqualTo(prepared).hasSize(MemberFeed.BATCHES_MAX + 1);
  }

  @Test
  void goesOnAfterADefectOfThePreparation() {
    while (prepared.size() < 9) {
      assertThat(transport.bring()).isTrue();
      loops.run();
    }
    assertThatIllegalStateException().isThrownBy(transport::bring);
    prepared.add(10);
    assertThat(transport.bring()).isTrue();
    loops.run();
    assertThat(done).endsWith(9, 11);
  }

  /** Brings batches when the test says so. */
  private static final class ByHand implements Transport {
    private EnvelopeHandler handler = _ -> false;

    boolean bring() {
      return handler.handle(List.<ReceivedEnvelope>of());
    }

    @Override
    public EnvelopePublisher publisher(Sender sender) {
      throw new UnsupportedOperationException();
    }

    @Override
    public EnvelopeSubscription subscribe(Subscription subscription, EnvelopeHandler to) {
      handler = to;
      return new EnvelopeSubscription() {
        @Override
        public boolean awaitPositioned(Duration atMost) {
          return true;
        }

        @Override
        public @Nullable String trouble() {
          return null;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
