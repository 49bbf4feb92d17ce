package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.constellation.consensus.galaxy.GalaxyRules;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.GenesisCodec;
import org.constellation.protocol.wire.NoticeCodec;
import org.junit.jupiter.api.Test;

/** What somebody else may say about a star to a galaxy member: nothing. */
class HostileNoticesTest {

  private static final MacKey ALICE = MacKey.of("star", 1);
  private static final MacKey MALLORY = MacKey.of("star", 2);
  private static final StarId STAR = new StarId(ALICE.publicKey());

  private final EraPlan plan =
      VirtualCommittee.plan(Committee.GALAXY, VirtualCommittee.keys(Committee.GALAXY, 4));
  private final EraPlan cluster =
      VirtualCommittee.plan(
          Committee.ofCluster(0), VirtualCommittee.keys(Committee.ofCluster(0), 4));
  private final Genesis genesis =
      GenesisCodec.genesis(
          "sim",
          Genesis.Parameters.DEFAULT,
          plan,
          List.of(cluster),
          Stream.of(ALICE, MALLORY)
              .map(key -> VirtualStar.genesis(key, 0))
              .sorted(java.util.Comparator.comparing(Genesis.GenesisStar::star))
              .toList(),
          0);
  private final GalaxyRules honest = member(MacKey.VERIFIER);

  /** A member that believes anything, and proposes it. */
  private final GalaxyRules byzantine = member((_, _, _) -> true);

  private GalaxyRules member(SignatureVerifier verifier) {
    return new GalaxyRules(
        plan, LedgerState.genesis(genesis), GalaxyHeader.genesisOf(genesis.network()), verifier);
  }

  private Notice withdrawal(long counter, SigningKey key) {
    return NoticeCodec.notice(
        genesis.network(), STAR, counter, new Notice.CandidateWithdrawal(), key);
  }

  private Examined proposed(Notice notice) {
    assertThat(byzantine.offer(notice)).isEmpty();
    return honest.examine(
        byzantine.propose(new ProposalContext(1, Hash.ZERO, 0, Collections.nCopies(4, 0), 0)));
  }

  @Test
  void aSignatureIsCheckedAlsoWhereTheSameWordsWereHeardBefore() {
    var genuine = withdrawal(1, ALICE);
    assertThat(honest.offer(genuine)).isEmpty();
    assertThat(proposed(genuine)).isInstanceOf(Examined.Valid.class);

    var signedByMallory = withdrawal(1, MALLORY).signature();
    var forged =
        new Notice(
            genuine.network(),
            genuine.star(),
            genuine.counter(),
            genuine.payload(),
            genuine.body(),
            genuine.key(),
            signedByMallory,
            genuine.id());
    assertThat(proposed(forged)).isInstanceOf(Examined.Invalid.class);
  }

  @Test
  void strangersTakeNoPlaceInThePool() {
    for (var counter = 1; counter <= 20; counter++) {
      assertThat(honest.offer(withdrawal(counter, MALLORY))).contains("not by the star's key");
    }
    assertThat(honest.poolSize()).isZero();
    assertThat(honest.offer(withdrawal(1, ALICE))).isEmpty();
  }

  @Test
  void nobodyVotesForATableOfAHeightThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableVote("memes", -1, Hash.ZERO, Hash.ZERO));
  }
}
