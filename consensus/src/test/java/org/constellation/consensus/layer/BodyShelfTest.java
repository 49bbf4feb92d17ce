package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.junit.jupiter.api.Test;

class BodyShelfTest {

  private final BodyShelf<String> shelf = new BodyShelf<>(1_000);

  private static Hash name(int number) {
    return Hashing.tagged("TEST-SHELF").number(number).finish();
  }

  private void put(int number, int length) {
    shelf.put(name(number), "body " + number, Bytes.copyOf(new byte[length]));
  }

  @Test
  void keepsForSomeRoundsWhatARoundAskedFor() {
    put(1, 10);
    put(2, 10);
    shelf.sweep(5, _ -> false);
    assertThat(shelf.holds(name(1))).isTrue();
    shelf.sweep(5 + BodyShelf.ROUNDS_KEPT, _ -> false);
    assertThat(shelf.contains(name(1))).isTrue();
    assertThat(shelf.contains(name(2))).isFalse();
    shelf.sweep(6 + BodyShelf.ROUNDS_KEPT, _ -> false);
    assertThat(shelf.bytes()).isZero();
  }

  @Test
  void keepsNothingBecauseSomebodyReadsIt() {
    put(1, 10);
    for (var round = 1; round <= 1 + BodyShelf.ROUNDS_KEPT; round++) {
      shelf.encoded(name(1));
      shelf.get(name(1));
      shelf.sweep(round, _ -> false);
    }
    assertThat(shelf.size()).isZero();
  }

  @Test
  void startsWhereItsMemberLeftOff() {
    shelf.startAt(1_000);
    put(1, 10);
    assertThat(shelf.holds(name(1))).isTrue();
    shelf.sweep(1_001, _ -> false);
    assertThat(shelf.contains(name(1))).isTrue();
  }

  @Test
  void makesRoomFirstOfWhatNobodyNeeds() {
    for (var number = 0; number < 20; number++) {
      put(number, 100);
    }
    for (var number = 0; number < 4; number++) {
      assertThat(shelf.holds(name(number))).isTrue();
    }
    shelf.relieve(name(5)::equals);
    assertThat(shelf.isOverfull()).isFalse();
    assertThat(shelf.bytes()).isEqualTo(1_000);
    assertThat(shelf.contains(name(0))).isTrue();
    assertThat(shelf.contains(name(4))).isFalse();
    assertThat(shelf.contains(name(5))).isTrue();
    assertThat(shelf.contains(name(19))).isTrue();
    assertThat(shelf.evict(name(0))).isFalse();
    assertThat(shelf.evict(name(19))).isTrue();
  }
}
