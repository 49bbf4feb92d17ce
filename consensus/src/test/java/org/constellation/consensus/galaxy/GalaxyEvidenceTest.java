package org.constellation.consensus.galaxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.constellation.consensus.layer.AgreedProposal;
import org.constellation.consensus.layer.BuildInput;
import org.constellation.consensus.layer.Built;
import org.constellation.consensus.layer.ProposalContext;
import org.constellation.consensus.testkit.SmallLedger;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

/** Only the state says whether a galaxy member's culprits are dealt with. */
class GalaxyEvidenceTest {

  private final SmallLedger ledger = new SmallLedger(1, 4, 2);
  private final GalaxyRules rules =
      new GalaxyRules(
          ledger.galaxy(),
          ledger.state(),
          GalaxyHeader.genesisOf(ledger.network()),
          SmallLedger.VERIFIER);
  private final SmallLedger.Key member = SmallLedger.members(Committee.GALAXY, 4).get(1);
  private final Evidence real = ledger.doubleVote(member, Committee.GALAXY, 0, 1);

  private GalaxyProposal proposal() {
    var context = new ProposalContext(1, rules.tip().hash(), 1, Collections.nCopies(4, 0), 0);
    return GalaxyProposalCodec.decode(rules.propose(context)).toOptional().orElseThrow();
  }

  private ExecutedBlock agree(List<Evidence> evidence) {
    var payload =
        GalaxyProposalCodec.encode(
            new GalaxyProposal(
                rules.tip().hash(),
                1,
                Collections.nCopies(4, 0),
                List.of(),
                List.of(),
                evidence,
                List.of()));
    var round = rules.tip().round() + 1;
    var agreed = List.of(new AgreedProposal(0, payload));
    var built = rules.build(new BuildInput(round, rules.tip().hash(), agreed, Hash.ZERO));
    if (!(built instanceof Built.Ready<ExecutedBlock>(_, var hash, var block))) {
      throw new AssertionError(built.toString());
    }
    rules.append(round, hash, block);
    return block;
  }

  @Test
  void voidEvidenceTakesNoPlaceAndProtectsNobody() {
    var block = agree(List.of(ledger.doubleVote(member, Committee.GALAXY, 7, 1)));
    assertThat(block.content().evidence()).isEmpty();
    rules.offerEvidence(real);
    assertThat(rules.hasWork()).isTrue();
    assertThat(proposal().evidence()).containsExactly(real);
  }

  @Test
  void evidenceIsDoneOnceItsMemberIsConvicted() {
    rules.offerEvidence(real);
    var block = agree(proposal().evidence());
    assertThat(block.state().isConvicted(Committee.GALAXY, 0, member.publicKey())).isTrue();
    rules.offerEvidence(ledger.doubleVote(member, Committee.GALAXY, 0, 2));
    assertThat(rules.hasWork()).isFalse();
    assertThat(proposal().evidence()).isEmpty();
  }
}
