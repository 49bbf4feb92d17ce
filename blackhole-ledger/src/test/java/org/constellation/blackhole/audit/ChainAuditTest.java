package org.constellation.blackhole.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.blackhole.TestGalaxy;
import org.constellation.blackhole.TestStar;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.junit.jupiter.api.Test;

/** What an audit finds, and that it finds nothing where nothing is wrong. */
class ChainAuditTest {

  private final TestGalaxy galaxy = new TestGalaxy("audit", 3, 1);
  private final TestStar alice = galaxy.star(0);
  private final TestStar bob = galaxy.star(1);
  private final ChainAudit audit = new ChainAudit(galaxy.genesis(), Ed25519.best());

  private FollowedBlock payment() {
    var proposal = alice.say(TestStar.pay(bob, 7));
    return galaxy.certify(proposal, bob.say(new Body.Agreement(proposal.first().id())));
  }

  @Test
  void passesASoundChain() {
    for (var block = 0; block < 3; block++) {
      assertThat(audit.follow(payment().block())).isEmpty();
    }
    assertThat(audit.conclude()).isEmpty();
  }

  @Test
  void findsASignatureThatTheGalaxyDidNotCheck() {
    var proposal = alice.say(TestStar.pay(bob, 7));
    var forged =
        Segment.of(
            proposal.key(),
            proposal.halfBlocks(),
            bob.say(new Body.Agreement(proposal.first().id())).signature());

    assertThat(audit.follow(galaxy.certifyBlindly(forged).block()))
        .isNotEmpty()
        .allMatch(finding -> finding.startsWith("block 1 "));
  }

  @Test
  void findsABlockThatTheGalaxyDidNotCertify() {
    var block = payment().block();
    var tooFew = new Certificate(block.certificate().signatures().subList(0, 2));

    assertThat(
            audit.follow(
                new GalaxyBlock(block.header(), tooFew, block.content(), block.receipts())))
        .containsExactly("block 1 is not certified by the galaxy in force");
  }

  @Test
  void findsContentOfAnotherBlock() {
    var first = payment().block();
    var second = payment().block();

    assertThat(
            audit.follow(
                new GalaxyBlock(
                    first.header(), first.certificate(), second.content(), first.receipts())))
        .containsExactly("block 1 has other content than its header says");
  }

  @Test
  void findsAGap() {
    payment();

    assertThat(audit.follow(payment().block()))
        .contains("block 2 does not follow the block before");
  }
}
