package org.constellation.platform.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.constellation.platform.observe.LogContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ThreadLoopsTest {

  private final ThreadLoops loops = new ThreadLoops("test-service");
  private final AtomicInteger turns = new AtomicInteger();
  private final CompletableFuture<Thread> thread = new CompletableFuture<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicReference<Loop> loop = new AtomicReference<>();

  private Loop start(Turn turn) {
    var started =
        loops.start(
            "worker",
            "galaxy-1",
            () -> {
              thread.complete(Thread.currentThread());
              turns.incrementAndGet();
              return turn.take();
            });
    loop.set(started);
    return started;
  }

  @AfterEach
  void close() {
    goOn.countDown();
    loop.get().close();
  }

  @Test
  void beginsAtOnceOnADaemonThreadThatSaysWhoseItIs() {
    var service = new CompletableFuture<String>();
    var member = new CompletableFuture<String>();
    start(
        () -> {
          service.complete(MDC.get(LogContext.SERVICE));
          member.complete(MDC.get(LogContext.MEMBER));
          return Turn.UNTIL_WOKEN;
        });
    assertThat(service.join()).isEqualTo("test-service");
    assertThat(member.join()).isEqualTo("galaxy-1");
    assertThat(thread.join()).matches(Thread::isDaemon);
    assertThat(thread.join().getName()).isEqualTo("worker");
  }

  @Test
  void comesBackAfterTheTimeThatATurnAskedFor() {
    start(() -> Duration.ofMillis(1).toNanos());
    await().until(() -> turns.get() >= 3);
  }

  @Test
  void isParkedUntilItIsWoken() {
    var started = start(() -> Turn.UNTIL_WOKEN);
    for (var expected = 1; expected <= 3; expected++) {
      var now = expected;
      await().until(() -> turns.get() == now);
      await().until(() -> thread.join().getState() == Thread.State.TIMED_WAITING);
      assertThat(turns).hasValue(now);
      started.wake();
    }
  }

  @Test
  void isParkedAgainAfterAnInterrupt() {
    var started = start(() -> Turn.UNTIL_WOKEN);
    thread.join().interrupt();
    await().until(() -> !thread.join().isInterrupted());
    started.wake();
    await().until(() -> turns.get() == 2);
    await().until(() -> thread.join().getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void doesNotMissWhoWakesItDuringATurn() throws Exception {
    var started =
        start(
            () -> {
              awaitGoingOn();
              return Turn.UNTIL_WOKEN;
            });
    thread.join();
    started.wake();
    goOn.countDown();
    await().until(() -> turns.get() == 2);
  }

  @Test
  void endsWhenItsWorkerHasEnded() {
    var started = start(() -> Turn.ENDED);
    await().until(() -> !thread.join().isAlive());
    started.wake();
    started.close();
    assertThat(turns).hasValue(1);
  }

  @Test
  void endsByADefectOfItsWorker() {
    start(
        () -> {
          throw new StackOverflowError();
        });
    await().until(() -> !thread.join().isAlive());
    assertThat(turns).hasValue(1);
  }

  @Test
  void waitsForTheTurnUnderWayAndBeginsNoOther() {
    var started =
        start(
            () -> {
              awaitGoingOn();
              return 0;
            });
    thread.join();
    var closing = Thread.ofVirtual().start(started::close);
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    goOn.countDown();
    await().until(() -> !closing.isAlive());
    assertThat(thread.join().isAlive()).isFalse();
    assertThat(turns).hasValue(1);
  }

  @Test
  void mayBeClosedByItsOwnTurn() {
    start(
        () -> {
          await().until(() -> loop.get() != null);
          loop.get().close();
          return 0;
        });
    await().until(() -> !thread.join().isAlive());
    assertThat(turns).hasValue(1);
  }

  private void awaitGoingOn() {
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
