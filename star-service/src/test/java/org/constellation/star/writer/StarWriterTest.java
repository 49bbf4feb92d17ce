package org.constellation.star.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.constellation.platform.loop.Turn;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.star.HandTurns;
import org.constellation.star.account.Custody;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.ledger.LedgerView;
import org.constellation.star.testgalaxy.TestNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarWriterTest {

  private static final int NEWS_MAX = 4;
  private static final StarWriter.Limits LIMITS =
      new StarWriter.Limits(100, NEWS_MAX, 10, Duration.ofMillis(3), 100, 100, 100);
  private static final Custody NO_CUSTODY =
      new Custody() {
        @Override
        public Bytes seal(StarId star, byte[] seed) {
          throw new UnsupportedOperationException();
        }

        @Override
        public byte[] open(StarId star, Bytes sealed) {
          throw new UnsupportedOperationException();
        }
      };

  private final HandTurns loops = new HandTurns();
  private final EmptyBooks books = new EmptyBooks();
  private final List<AfterCommit.Committed> told = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(5);
  private OptionalLong end = OptionalLong.empty();
  private StarWriter writer;

  @BeforeEach
  void makeWriter(@TempDir Path directory) throws Exception {
    var genesis = TestNetwork.create(directory, "writer", Genesis.Parameters.DEFAULT).genesis();
    var state = LedgerState.genesis(genesis);
    writer =
        new StarWriter(
            books,
            new LedgerView() {
              @Override
              public LedgerState state() {
                return state;
              }

              @Override
              public OptionalLong end() {
                return end;
              }
            },
            new Keys(NO_CUSTODY, Ed25519.best()),
            new AfterCommit() {
              @Override
              public void committed(Committed batch) {
                told.add(batch);
              }

              @Override
              public void recalled() {}
            },
            LIMITS,
            () -> 0,
            loops,
            Clock.systemUTC());
  }

  @Test
  void gathersForAMomentAndStoresOnceForAllThatCame() {
    startAtTheTip();
    var answers = new ArrayList<CompletableFuture<Command.Accepted>>();
    answers.add(open());
    answers.add(open());
    assertThat(loops.take()).isEqualTo(LIMITS.gather().toNanos());
    answers.add(open());
    assertThat(loops.wakes()).as("by the first alone").isEqualTo(1);
    loops.forward(Duration.ofMillis(1));
    assertThat(loops.take()).isEqualTo(Duration.ofMillis(2).toNanos());
    assertThat(answers).noneMatch(CompletableFuture::isDone);

    loops.forward(Duration.ofMillis(2));
    assertThat(loops.take()).isZero();
    assertThat(answers).allMatch(answer -> answer.isDone() && !answer.isCompletedExceptionally());
    assertThat(books.written()).hasSize(1);
    assertThat(told).hasSize(1);
    assertThat(loops.take()).isEqualTo(Turn.UNTIL_WOKEN);
  }

  @Test
  void takesNoMoreNewsThanMayWaitUntilSomeAreStored() {
    startAtTheTip();
    for (var i = 0; i < NEWS_MAX; i++) {
      assertThat(writer.tell(new Command.Promised(List.of()))).isTrue();
    }
    assertThat(writer.tell(block(1))).isFalse();
    work();
    assertThat(writer.tell(block(1))).isTrue();
    work();
    assertThat(writer.height()).isEqualTo(1);
    assertThat(writer.tell(block(1))).as("of what is stored there is no news").isTrue();
    assertThat(loops.take()).isEqualTo(Turn.UNTIL_WOKEN);
  }

  @Test
  void pausesAfterAFailedCommitAndAppliesTheNewsAgain() {
    startAtTheTip();
    books.fails(true);
    writer.tell(block(1));
    var answer = open();
    work();
    assertThatThrownBy(answer::join).hasCauseInstanceOf(RequestRejected.class);
    assertThat(writer.trouble()).isNotNull();
    assertThat(writer.height()).isZero();

    books.fails(false);
    var pause = loops.take();
    assertThat(pause).isPositive().isLessThan(Turn.UNTIL_WOKEN);
    var later = open();
    loops.forward(Duration.ofNanos(pause));
    assertThat(loops.take()).isZero();
    assertThat(writer.height()).isEqualTo(1);
    assertThat(later).isDone();
    assertThat(writer.trouble()).isNull();
  }

  @Test
  void appliesBlocksInTheirOrderHoweverLongNothingCouldBeStored() {
    startAtTheTip();
    books.fails(true);
    writer.tell(block(1));
    writer.tell(block(2));
    work();
    for (var failed = 0; failed < 6; failed++) {
      workAfterAPause();
    }
    writer.tell(block(3));
    books.fails(false);
    workAfterAPause();
    assertThat(writer.height()).as("the first alone").isEqualTo(1);
    assertThat(loops.take()).isZero();
    assertThat(writer.height()).as("all others at once").isEqualTo(3);
    assertThat(writer.trouble()).isNull();
  }

  @Test
  void losesNoBlockToADefect() {
    startAtTheTip();
    books.breaks();
    writer.tell(block(1));
    var answer = open();
    work();
    assertThatThrownBy(answer::join).hasCauseInstanceOf(RequestRejected.class);
    assertThat(writer.trouble()).contains("defect");
    writer.tell(block(2));
    workAfterAPause();
    assertThat(writer.height()).isEqualTo(2);
    assertThat(writer.trouble()).isNull();
    for (var i = 0; i < NEWS_MAX; i++) {
      assertThat(writer.tell(new Command.Promised(List.of()))).as("all have room again").isTrue();
    }
  }

  private void workAfterAPause() {
    loops.forward(Duration.ofNanos(loops.take()));
    assertThat(loops.take()).isZero();
  }

  @Test
  void refusesWhoStillWaitsWhenItIsClosed() {
    writer.start();
    var answer = open();
    writer.close();
    assertThatThrownBy(answer::join).hasCauseInstanceOf(RequestRejected.class);
  }

  private void startAtTheTip() {
    writer.start();
    assertThat(writer.trouble()).contains("too few");
    assertThat(loops.take()).isEqualTo(Tip.LOOK.toNanos());
    end = OptionalLong.of(0);
    assertThat(loops.take()).isEqualTo(Turn.UNTIL_WOKEN);
    assertThat(writer.trouble()).isNull();
  }

  /** Lets a batch gather and stores it. */
  private void work() {
    assertThat(loops.take()).isEqualTo(LIMITS.gather().toNanos());
    loops.forward(LIMITS.gather());
    assertThat(loops.take()).isZero();
  }

  private CompletableFuture<Command.Accepted> open() {
    var star = new StarId(Ed25519.best().generate(random).publicKey());
    var account =
        new StoredAccount(
            star, null, null, star.key(), 0, Hash.ZERO, 0, null, false, Instant.EPOCH);
    return writer.ask(new Command.Open(account, StarWriter.answer())).answer();
  }

  private static Command.Executed block(long height) {
    return new Command.Executed(height, Hash.ZERO, List.of(), List.of(), List.of());
  }
}
