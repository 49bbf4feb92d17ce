package org.constellation.blackhole.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.constellation.blackhole.TestGalaxy;
import org.constellation.blackhole.TestStar;
import org.constellation.blackhole.serving.StoredChain;
import org.constellation.platform.follow.FollowStart;
import org.constellation.protocol.crypto.Ed25519;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the ledger goes on after a restart, with a real database. */
class StoredChainTest {

  private static final int BLOCKS = 8;
  private static final int SNAPSHOT_EVERY = 3;

  private final TestGalaxy galaxy = new TestGalaxy("stored", 4, 1);
  private final TestTables stored = new TestTables();

  @BeforeEach
  void keepBlocks() {
    stored.keeper().begin(galaxy.genesis());
    try (var snapshots = stored.snapshots(galaxy.genesis(), SNAPSHOT_EVERY)) {
      for (var block = 0; block < BLOCKS; block++) {
        var payment = galaxy.star(0).say(TestStar.pay(galaxy.star(1), 1 + block));
        var kept = galaxy.certify(payment);
        stored.keeper().on(kept);
        snapshots.on(kept);
      }
      await().until(() -> snapshotHeights().equals(List.of(2L * SNAPSHOT_EVERY)));
    }
  }

  private List<@Nullable Long> snapshotHeights() {
    return stored
        .jdbc()
        .queryForList("select distinct height from snapshot_part order by 1", Long.class);
  }

  @AfterEach
  void close() {
    stored.close();
  }

  private FollowStart start() {
    try (var snapshots = stored.snapshots(galaxy.genesis(), SNAPSHOT_EVERY)) {
      return new StoredChain(snapshots, stored.tables(), Ed25519.best()).start();
    }
  }

  private void damage(String table, String condition) {
    assertThat(
            stored
                .jdbc()
                .update(
                    "update %s set %s where %s"
                        .formatted(
                            table,
                            table.equals("block_content")
                                ? "encoded = '\\x00'"
                                : "content = set_byte(content, 9, 255 - get_byte(content, 9))",
                            condition)))
        .isPositive();
  }

  private void assertGoesOnAfterTheNewest(FollowStart start) {
    assertThat(start.height()).isEqualTo(BLOCKS);
    assertThat(start.state().orElseThrow().root()).isEqualTo(galaxy.state().root());
  }

  @Test
  void executesOnlyWhatCameAfterTheSnapshot() {
    damage("block_content", "height <= " + 2 * SNAPSHOT_EVERY);
    assertGoesOnAfterTheNewest(start());
  }

  @Test
  void executesEverythingIfTheSnapshotIsDamaged() {
    damage("snapshot_part", "part = 1");
    assertGoesOnAfterTheNewest(start());
    assertThat(snapshotHeights()).isEmpty();
  }

  @Test
  void refusesADamagedBlockThatItNeeds() {
    damage("block_content", "height = " + BLOCKS);
    assertThatIllegalStateException().isThrownBy(this::start).withMessageContaining("damaged");
  }
}
