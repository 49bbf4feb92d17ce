package org.constellation.consensus.galaxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.consensus.layer.EvidencePool;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.consensus.testkit.SmallLedger;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.MemberTableVotes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.wire.NoticeCodec;
import org.junit.jupiter.api.Test;

/** Which of the proposed notices stand in a block. */
class BlockNoticesTest {

  private static final int STARS = 2_000;
  private static final SmallLedger.Key ALICE = SmallLedger.star(0);
  private static final SmallLedger.Key MALLORY = SmallLedger.star(1);
  private static final Notice.Payload WITHDRAWAL = new Notice.CandidateWithdrawal();

  private final SmallLedger ledger = new SmallLedger(1, 4, STARS);
  private final Hash genesis = GalaxyHeader.genesisOf(ledger.network());

  private Notice notice(
      SmallLedger.Key star, long counter, Notice.Payload payload, SmallLedger.Key signer) {
    return NoticeCodec.notice(ledger.network(), star.star(), counter, payload, signer);
  }

  /** The notices of the block that members agree on with these lists. */
  private List<Notice> agreed(long first, List<List<Notice>> lists) {
    var proposals = new ArrayList<BlockContent.Agreed>();
    for (var notices : lists) {
      var proposal =
          new GalaxyProposal(
              genesis, 1, Collections.nCopies(4, 0), List.of(), notices, List.of(), List.of());
      proposals.add(new BlockContent.Agreed(proposals.size(), proposal));
    }
    return new BlockContent(new CheckpointPool(), ledger.state(), SmallLedger.VERIFIER)
        .of(proposals, genesis, first)
        .notices();
  }

  @Test
  void aCopyUnderAnotherKeyDoesNotTakeTheGenuinePlace() {
    var genuine = notice(ALICE, 1, WITHDRAWAL, ALICE);
    var copy = notice(ALICE, 1, WITHDRAWAL, MALLORY);
    assertThat(copy.id()).isEqualTo(genuine.id());
    assertThat(agreed(0, List.of(List.of(copy), List.of(genuine)))).containsExactly(genuine);
    assertThat(agreed(0, List.of(List.of(copy), List.of()))).isEmpty();
  }

  @Test
  void aFloodOfOneKindStaysWithinItsShareAndCrowdsNothingOut() {
    var flood =
        IntStream.range(0, 4 * STARS)
            .mapToObj(
                i -> {
                  var star = SmallLedger.star(i / 4);
                  return notice(star, 1 + i % 4, new Notice.CheckIn(1, Hash.ZERO), star);
                })
            .toList();
    var other = notice(ALICE, 1, WITHDRAWAL, ALICE);
    var chosen = agreed(0, List.of(flood, List.of(other)));
    var bytes =
        chosen.stream()
            .filter(notice -> notice.kind() == Notice.Kind.CHECK_IN)
            .mapToInt(NoticePool::sizeOf)
            .sum();
    assertThat(bytes)
        .isBetween(
            NoticePool.blockShareBytes(Notice.Kind.CHECK_IN) - 1024,
            NoticePool.blockShareBytes(Notice.Kind.CHECK_IN));
    assertThat(chosen).contains(other);
  }

  @Test
  void aStarHasFewNoticesOfAKindInOneBlock() {
    var many =
        IntStream.rangeClosed(1, 20).mapToObj(i -> notice(ALICE, i, WITHDRAWAL, ALICE)).toList();
    var bobs = notice(MALLORY, 1, WITHDRAWAL, MALLORY);
    assertThat(agreed(1, List.of(many, List.of(bobs))))
        .hasSize(NoticePool.PER_STAR_MAX + 1)
        .contains(bobs);
  }

  @Test
  void aPayloadFullOfEverythingIsNotTooLong() {
    var notices = Arrays.stream(Notice.Kind.values()).mapToInt(NoticePool::payloadShareBytes).sum();
    var checkpoints = LayerLimits.CHECKPOINTS_NAMED_MAX * (Hash.LENGTH + 2);
    var evidence =
        EvidencePool.HEADERS_BYTES_MAX
            + EvidencePool.DOUBLE_VOTE_BYTES_MAX
            + GalaxyRules.FORK_BYTES_MAX
            + 64 * 8;
    var rest = 128 * 8 + MemberTableVotes.VOTES_MAX * 256 + 256;
    assertThat(notices + checkpoints + evidence + rest)
        .isLessThanOrEqualTo(LayerLimits.PAYLOAD_BYTES_MAX);
  }

  @Test
  void theLongestNoticesOfAKindFitItsShare() {
    for (var kind : Notice.Kind.values()) {
      assertThat(NoticePool.payloadShareBytes(kind)).isGreaterThan(Notice.bytesMax(kind) + 256);
    }
  }
}
