package org.constellation.platform.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.platform.TestNetwork;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.protocol.Bytes;
import org.junit.jupiter.api.Test;

class SnapshotIntakeTest {

  private static final int PARTS = 5;

  private static LedgerMessage.SnapshotPart part(int number) {
    return new LedgerMessage.SnapshotPart(7, number, PARTS, Bytes.copyOf(new byte[number + 1]));
  }

  private final SnapshotIntake intake = new SnapshotIntake(TestNetwork.key(1).publicKey(), part(0));

  @Test
  void takesPartsInAnyOrderAndEachOnce() {
    assertThat(intake.missing()).isOne();
    assertThat(intake.add(part(3))).isTrue();
    assertThat(intake.add(part(3))).isFalse();
    assertThat(intake.missing()).isOne();
    assertThat(intake.add(part(1))).isTrue();
    assertThat(intake.missing()).isEqualTo(2);
    intake.expect(4);
    assertThat(intake.hasAllExpected()).isFalse();
    assertThat(intake.add(part(2))).isTrue();
    assertThat(intake.hasAllExpected()).isTrue();
    assertThat(intake.add(part(4))).isTrue();
    assertThat(intake.missing()).isEqualTo(intake.parts());
    assertThat(intake.bytes()).isEqualTo(1 + 2 + 3 + 4 + 5);
    assertThat(intake.content()).extracting(Bytes::length).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void takesNothingOfAnother() {
    var sender = TestNetwork.key(1).publicKey();
    assertThat(intake.isOf(sender, part(1))).isTrue();
    assertThat(intake.isOf(TestNetwork.key(2).publicKey(), part(1))).isFalse();
    assertThat(intake.isOf(sender, new LedgerMessage.SnapshotPart(8, 1, PARTS, Bytes.EMPTY)))
        .isFalse();
    assertThat(intake.isOf(sender, new LedgerMessage.SnapshotPart(7, 1, PARTS + 1, Bytes.EMPTY)))
        .isFalse();
  }
}
