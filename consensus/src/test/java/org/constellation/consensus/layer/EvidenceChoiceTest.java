package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.constellation.consensus.testkit.SmallLedger;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.wire.CheckpointCodec;
import org.junit.jupiter.api.Test;

/** No kind of evidence crowds out another one, in a payload and in a block. */
class EvidenceChoiceTest {

  private static final int STARS = 100;
  private static final int CLUSTERS = 17;

  private final SmallLedger ledger = new SmallLedger(CLUSTERS, 4, STARS);

  private Evidence fork(int star) {
    var key = SmallLedger.star(star);
    return new Evidence.Fork(
        ledger.chain(key, 1, 1, SmallLedger.small(1)).getFirst(),
        ledger.chain(key, 1, 1, SmallLedger.small(2)).getFirst());
  }

  private Evidence twoHeaders(int cluster) {
    return new Evidence.TwoHeaders(head(cluster, Hash.ZERO), head(cluster, ledger.network()));
  }

  private CertifiedHead head(int cluster, Hash previous) {
    var body = new CheckpointBody(List.of(), List.of());
    var checkpoint = ledger.checkpoint(cluster, 7, previous, 0, body);
    return new CertifiedHead.OfCheckpoint(checkpoint.header(), checkpoint.certificate());
  }

  private List<Evidence> doubleVotes() {
    var all = new ArrayList<Evidence>();
    for (var cluster = 0; cluster < CLUSTERS; cluster++) {
      var committee = Committee.ofCluster(cluster);
      for (var member : SmallLedger.members(committee, 4)) {
        all.add(ledger.doubleVote(member, committee, 0, 1));
      }
    }
    return all;
  }

  private static long count(List<Evidence> pieces, Class<? extends Evidence> kind) {
    return pieces.stream().filter(kind::isInstance).count();
  }

  @Test
  void moreForksThanABlockHoldsLeaveRoomForTheOthers() {
    var choice = new EvidenceChoice(ledger.state(), _ -> Optional.empty(), SmallLedger.VERIFIER);
    IntStream.range(0, STARS).mapToObj(this::fork).forEach(choice::add);
    doubleVotes().subList(4 * 10, 4 * CLUSTERS).forEach(choice::add);
    IntStream.range(0, 10).mapToObj(this::twoHeaders).forEach(choice::add);

    var chosen = choice.pieces();

    assertThat(chosen).hasSize(CheckpointBody.EVIDENCE_MAX);
    assertThat(count(chosen, Evidence.TwoHeaders.class)).isEqualTo(EvidenceChoice.TWO_HEADERS_MAX);
    assertThat(count(chosen, Evidence.DoubleVote.class)).isEqualTo(EvidenceChoice.DOUBLE_VOTES_MAX);
    assertThat(count(chosen, Evidence.Fork.class)).isEqualTo(EvidenceChoice.FORKS_MAX);
    assertThat(
            CheckpointCodec.decodeBody(
                    CheckpointCodec.encode(new CheckpointBody(List.of(), chosen)))
                .toOptional())
        .isPresent();
  }

  @Test
  void aPayloadHasRoomForEveryKind() {
    var pool = new EvidencePool(EvidencePool.FORK_BYTES_MAX);
    IntStream.range(0, STARS).mapToObj(this::fork).forEach(one -> pool.offer(one, ledger.state()));
    doubleVotes().forEach(one -> pool.offer(one, ledger.state()));
    IntStream.range(0, CLUSTERS)
        .mapToObj(this::twoHeaders)
        .forEach(one -> pool.offer(one, ledger.state()));

    var chosen = pool.forPayload(_ -> true);

    assertThat(EvidenceCheck.isFew(chosen)).isTrue();
    assertThat(count(chosen, Evidence.TwoHeaders.class))
        .isEqualTo(EvidencePool.HEADERS_PER_PAYLOAD_MAX);
    assertThat(count(chosen, Evidence.DoubleVote.class)).isGreaterThan(20);
    assertThat(count(chosen, Evidence.Fork.class)).isGreaterThan(20);
  }

  @Test
  void oneMemberIsConvictedByOnePiece() {
    var choice = new EvidenceChoice(ledger.state(), _ -> Optional.empty(), SmallLedger.VERIFIER);
    var votes = doubleVotes();
    choice.add(twoHeaders(0));
    choice.add(votes.getFirst());
    choice.add(twoHeaders(0));
    assertThat(choice.pieces()).containsExactly(twoHeaders(0));

    var other = new EvidenceChoice(ledger.state(), _ -> Optional.empty(), SmallLedger.VERIFIER);
    other.add(votes.getFirst());
    other.add(twoHeaders(0));
    assertThat(other.pieces()).containsExactly(twoHeaders(0), votes.getFirst());
  }
}
