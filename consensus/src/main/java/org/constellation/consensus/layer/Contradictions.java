package org.constellation.consensus.layer;

import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;

/**
 * Certified blocks that contradict those of this member's chain. More than f members signed both,
 * and the two headers prove it. The member goes on with its own: nobody can tell which is the true
 * one, and only who goes on can have the others convicted.
 *
 * @param <B> the layer's block
 */
final class Contradictions<B> {

  /** Most rounds whose other block is pulled at a time; one is enough to convict. */
  private static final int PULLED_MAX = 2;

  private final LayerRules<B> rules;
  private final Chain<B> chain;
  private final int self;
  private final Predicate<CertifiedBlock<B>> isCertified;

  /** Who spoke of another certificate, by round. */
  private final TreeMap<Long, MemberSet> heard = new TreeMap<>();

  Contradictions(
      LayerRules<B> rules, Chain<B> chain, int self, Predicate<CertifiedBlock<B>> isCertified) {
    this.rules = rules;
    this.chain = chain;
    this.self = self;
    this.isCertified = isCertified;
  }

  boolean isOther(LayerMessage.Certified notice) {
    return isOther(notice.round(), notice.hash());
  }

  boolean isOther(CertifiedBlock<B> block) {
    return isOther(block.round(), block.hash());
  }

  private boolean isOther(long round, Hash hash) {
    return own(round).filter(block -> !block.hash().equals(hash)).isPresent();
  }

  private Optional<RecentBlocks.Recent> own(long round) {
    return chain.recent().get(round);
  }

  /** A certificate alone does not show what was certified: the block is pulled. */
  void heardOf(long round, int member) {
    if (heard.containsKey(round) || heard.size() < PULLED_MAX) {
      heard.merge(round, MemberSet.of(new MemberIndex(member)), MemberSet::union);
    }
  }

  void want(Pulls pulls, long nowMillis) {
    heard.keySet().removeIf(round -> own(round).isEmpty());
    heard.forEach(
        (round, members) ->
            pulls.want(
                new PullKey.OfBlock(round), new Pulls.Need(round, self), members, nowMillis));
  }

  /** What was pulled is the block of a member that was asked, this or that one. */
  void answered(long round) {
    heard.remove(round);
  }

  /** Takes a block that differs from this member's; whether it is certified. */
  boolean take(CertifiedBlock<B> other) {
    if (chain.isContradicted(other.round())) {
      return true;
    }
    if (!isCertified.test(other)) {
      return false;
    }
    chain.contradicted(other.round());
    own(other.round())
        .flatMap(block -> rules.decode(block.encoded()))
        .flatMap(rules::head)
        .ifPresent(
            first ->
                rules
                    .head(other)
                    .ifPresent(
                        second -> rules.offerEvidence(new Evidence.TwoHeaders(first, second))));
    return true;
  }
}
