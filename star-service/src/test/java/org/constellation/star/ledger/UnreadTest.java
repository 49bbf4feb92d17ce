package org.constellation.star.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UnreadTest {

  private final Unread<String> unread = new Unread<>();
  private final AtomicInteger readings = new AtomicInteger();
  private final List<String> taken = new ArrayList<>();
  private int room = Integer.MAX_VALUE;

  private boolean bring(String... batch) {
    Supplier<List<String>> reading =
        () -> {
          readings.incrementAndGet();
          return List.of(batch);
        };
    return unread.handOver(reading, one -> taken.size() < room && taken.add(one));
  }

  @Test
  void handsOverABatchAtOnceAndThenTheNext() {
    assertThat(bring("a", "b")).isTrue();
    assertThat(bring()).isTrue();
    assertThat(bring("c")).isTrue();
    assertThat(taken).containsExactly("a", "b", "c");
    assertThat(readings).hasValue(3);
  }

  @Test
  void goesOnWhereThereWasNoRoomAndReadsABatchOnce() {
    room = 2;
    assertThat(bring("a", "b", "c", "d")).isFalse();
    assertThat(bring("a", "b", "c", "d")).isFalse();
    room = 3;
    assertThat(bring("a", "b", "c", "d")).isFalse();
    room = 4;
    assertThat(bring("a", "b", "c", "d")).isTrue();
    assertThat(taken).containsExactly("a", "b", "c", "d");
    assertThat(readings).hasValue(1);
  }

  @Test
  void losesABatchByADefectAndNoOther() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                unread.handOver(
                    () -> List.of("x", "y"),
                    _ -> {
                      throw new IllegalStateException("a defect");
                    }));
    assertThat(bring("a")).isTrue();
    assertThat(taken).containsExactly("a");
  }
}
