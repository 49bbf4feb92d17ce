package org.constellation.consensus.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.consensus.galaxy.GalaxyScene.by;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.notice.Notice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 4 of a HyloChain, on galaxy blocks of certified checkpoints with segments: neither the order
 * in which they were heard nor that in which a proposal names them changes a block.
 */
class GalaxyGossipTest {

  private static final int BLOCKS = 6;
  private static final int RUN = 3;

  private final GalaxyScene speaking = new GalaxyScene();
  private final List<GalaxyScene> listening = List.of(new GalaxyScene(), new GalaxyScene());

  private static <T> List<T> gossiped(List<T> entries, Random random) {
    var heard = new ArrayList<>(entries);
    heard.addAll(entries.subList(0, random.nextInt(entries.size())));
    Collections.shuffle(heard, random);
    return heard;
  }

  private static <T> List<T> shuffled(List<T> entries, Random random) {
    var shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private List<CertifiedCheckpoint> checkpoints() {
    var checkpoints = new ArrayList<CertifiedCheckpoint>();
    for (var cluster = 0; cluster < GalaxyScene.CLUSTERS; cluster++) {
      for (var i = 0; i < RUN; i++) {
        var payment = pay(speaking.star((cluster + 1) % GalaxyScene.CLUSTERS), 1 + i, 90);
        checkpoints.add(speaking.checkpoint(cluster, speaking.star(cluster).say(payment)));
      }
    }
    return checkpoints;
  }

  private List<Notice> notices(int block) {
    var notices = new ArrayList<Notice>();
    for (var star : speaking.network().stars()) {
      notices.add(star.notice(2L * block, new Notice.CheckIn(block, Hash.ZERO)));
      notices.add(star.notice(2L * block + 1, new Notice.CheckIn(block, Hash.ZERO)));
    }
    return notices;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void law4TheOrderAndRepetitionOfGossipChangeNothing(long seed) {
    var random = new Random(seed);
    for (var block = 1; block <= BLOCKS; block++) {
      var checkpoints = checkpoints();
      var notices = notices(block);
      var hashes = new ArrayList<Hash>();
      for (var member : listening) {
        gossiped(checkpoints, random).forEach(member::hold);
        gossiped(notices, random).forEach(member.rules()::offer);
        var made =
            member.append(
                by(0, batch(member, checkpoints.subList(0, 5), notices, random)),
                by(1, batch(member, checkpoints.subList(3, 9), notices.subList(0, 4), random)),
                by(2, batch(member, checkpoints, notices.subList(3, 7), random)));
        assertThat(made.content().checkpoints()).containsExactlyInAnyOrderElementsOf(checkpoints);
        hashes.add(member.rules().tip().hash());
      }
      assertThat(hashes).as("block %d", block).containsOnly(hashes.getFirst());
    }
  }

  private static GalaxyScene.Batch batch(
      GalaxyScene member, List<CertifiedCheckpoint> named, List<Notice> carried, Random random) {
    return member
        .batch()
        .naming(shuffled(named, random).toArray(CertifiedCheckpoint[]::new))
        .carrying(shuffled(carried, random).toArray(Notice[]::new));
  }
}
