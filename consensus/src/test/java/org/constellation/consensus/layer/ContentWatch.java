package org.constellation.consensus.layer;

import java.util.HashSet;
import java.util.LinkedHashSet;
import org.constellation.protocol.crypto.Hash;

/**
 * Rules of a correct member whose blocks are compared with what was agreed: every word of an agreed
 * proposal that follows the chain stands in this block or an earlier one, and no other word does;
 * the proposals of correct members are what they told everybody, and there are enough of them.
 */
final class ContentWatch extends ToyRules {

  private final VirtualCommittee<Block, ToyRules> committee;

  ContentWatch(VirtualCommittee<Block, ToyRules> committee) {
    this.committee = committee;
  }

  @Override
  public Built<Block> build(BuildInput input) {
    var built = super.build(input);
    if (built instanceof Built.Ready<Block>(_, _, var block)) {
      checkWords(input, block);
      checkProposals(input);
    }
    return built;
  }

  private void checkWords(BuildInput input, Block block) {
    var agreed = new LinkedHashSet<Hash>();
    for (var proposal : input.agreed()) {
      var hashes = hashes(proposal.payload());
      if (hashes.getFirst().equals(input.previous())) {
        agreed.addAll(hashes.subList(1, hashes.size()));
      }
    }
    var known = new HashSet<>(block.words());
    // A block may be built before its predecessor is certified, so the rules' word counts there.
    agreed.stream()
        .filter(word -> !known.contains(word) && !isIncluded(word))
        .forEach(word -> violated(input, "lost the agreed " + word));
    block.words().stream()
        .filter(word -> !agreed.contains(word))
        .forEach(word -> violated(input, "has " + word + ", which nobody proposed"));
  }

  private void checkProposals(BuildInput input) {
    var roster = committee.roster();
    var correct = 0;
    for (var proposal : input.agreed()) {
      correct += committee.isFaulty(proposal.member()) ? 0 : 1;
      if (!committee.watch().isProposal(proposal.member(), input.round(), proposal.payload())) {
        violated(input, "contains what m" + proposal.member() + " never proposed");
      }
    }
    if (input.agreed().size() < roster.quorum()
        || correct < roster.size() - 2 * roster.maxFaulty()) {
      violated(input, "is made from too few proposals");
    }
  }

  private void violated(BuildInput input, String what) {
    committee.watch().violated("VALIDITY: the block of round " + input.round() + " " + what);
  }
}
