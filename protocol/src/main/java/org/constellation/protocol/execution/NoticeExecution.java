package org.constellation.protocol.execution;

import java.util.List;
import java.util.Optional;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.MembershipChange;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.KeyPossession;
import org.constellation.protocol.crypto.AgreementProof;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.CandidateRecord;
import org.constellation.protocol.state.StarRecord;
import org.constellation.protocol.state.StateEntry;

/**
 * Executes notices. One whose id is that of the latest executed of its star and kind is a
 * repetition and passed over in silence; another with a counter that is not above is stale. A star
 * without a home can only join: nothing else of it is kept, so nobody fills the state with
 * strangers.
 */
final class NoticeExecution {

  private final BlockContext block;

  NoticeExecution(BlockContext block) {
    this.block = block;
  }

  void execute(Notice notice) {
    var last = block.edit.lastNotice(notice.star(), notice.kind());
    if (last.isPresent() && last.get().notice().equals(notice.id())) {
      return;
    }
    block.tell(notice.id(), turnedAway(notice, last).orElseGet(() -> takeEffect(notice)));
  }

  private Optional<Outcome> turnedAway(Notice notice, Optional<StateEntry.Counter> last) {
    if (!notice.network().equals(block.network())) {
      return Optional.of(Outcome.WRONG_NETWORK);
    }
    if (!block.checks.isSigned(notice)) {
      return Optional.of(Outcome.BAD_SIGNATURE);
    }
    var star = block.edit.star(notice.star());
    var key = star.map(StarRecord::key).orElse(notice.star().key());
    if (!notice.key().equals(key)) {
      return Optional.of(Outcome.WRONG_KEY);
    }
    if (star.isEmpty() && notice.kind() != Notice.Kind.JOIN) {
      return Optional.of(Outcome.UNKNOWN_STAR);
    }
    if (notice.counter() <= last.map(StateEntry.Counter::counter).orElse(0L)) {
      return Optional.of(Outcome.STALE_COUNTER);
    }
    return Optional.empty();
  }

  private Outcome takeEffect(Notice notice) {
    var star = notice.star();
    var outcome =
        switch (notice.payload()) {
          case Notice.Join(var clusters) -> join(star, clusters);
          case Notice.Relocation(var lastSequence, var clusters) ->
              relocate(star, lastSequence, clusters);
          case Notice.CheckIn(var slot, var beacon) -> {
            block.edit.put(star, new StateEntry.LastCheckIn(block.tick(), slot, beacon));
            yield Outcome.RECORDED;
          }
          case Notice.CandidateOffer offer -> offer(star, offer);
          case Notice.CandidateWithdrawal _ -> withdraw(star);
          case Notice.KeyPart _, Notice.KeyAck _ -> Outcome.NO_PLAN;
        };
    if (block.edit.star(star).isPresent()) {
      block.edit.putLastNotice(notice);
    }
    return outcome;
  }

  private Outcome join(StarId star, List<Integer> clusters) {
    if (block.edit.star(star).isPresent()) {
      return Outcome.ALREADY_HOME;
    }
    var existing = existing(clusters);
    if (existing.isEmpty()) {
      return Outcome.UNKNOWN_CLUSTER;
    }
    if (existing.size() < choice(block.edit.clusterCount())) {
      return Outcome.TOO_FEW_CLUSTERS;
    }
    block.edit.put(star, StarRecord.arriving(star, pick(star, existing), block.height(), 0));
    return Outcome.RECORDED;
  }

  private Outcome relocate(StarId star, long lastSequence, List<Integer> clusters) {
    var known = block.edit.knownStar(star);
    if (lastSequence != known.sequence()) {
      return Outcome.NOT_AT_HEAD;
    }
    var existing = existing(clusters);
    var elsewhere = existing.stream().filter(cluster -> cluster != known.home()).toList();
    if (elsewhere.isEmpty()) {
      return existing.isEmpty() ? Outcome.UNKNOWN_CLUSTER : Outcome.ALREADY_HOME;
    }
    if (elsewhere.size() < choice(block.edit.clusterCount() - 1)) {
      return Outcome.TOO_FEW_CLUSTERS;
    }
    block.edit.put(star, known.movedTo(pick(star, elsewhere), block.height()));
    return Outcome.RECORDED;
  }

  /** Whoever could name fewer would choose his cluster, and many could gather in one. */
  private static int choice(int clusters) {
    return Math.min(Notice.CLUSTERS_MAX, clusters);
  }

  private List<Integer> existing(List<Integer> clusters) {
    return clusters.stream().filter(cluster -> block.edit.cluster(cluster).isPresent()).toList();
  }

  /** The beacon decides, which nobody knew when the notice was signed: nobody chooses a cluster. */
  private int pick(StarId star, List<Integer> clusters) {
    var draw = Hashing.tagged("CSTL-V1-HOME").hash(block.beacon()).bytes(star.toBytes()).finish();
    return clusters.get(remainder(draw, clusters.size()));
  }

  /** Of 256 bits, so the few first are favoured by nothing that anybody could measure. */
  private static int remainder(Hash draw, int divisor) {
    var remainder = 0;
    for (var digit : draw.toBytes()) {
      remainder = (remainder * 256 + (digit & 0xff)) % divisor;
    }
    return remainder;
  }

  private Outcome offer(StarId star, Notice.CandidateOffer offer) {
    var key = offer.operationalKey();
    var message = KeyPossession.operationalMessage(block.network(), star, key);
    var servesAnother = block.edit.starOf(key).filter(other -> !other.equals(star)).isPresent();
    if (servesAnother
        || key.equals(block.edit.knownStar(star).key())
        || !block.checks.verifier().verify(key, message, offer.operationalProof())
        || !AgreementProof.holds(
            offer.agreementKey(),
            KeyPossession.agreementMessage(block.network(), star, key),
            offer.agreementProof())) {
      return Outcome.BAD_KEY_PROOF;
    }
    var before = block.edit.candidate(star);
    if (before.isEmpty() && isPoolBusy()) {
      return Outcome.POOL_BUSY;
    }
    var since = before.map(CandidateRecord::sinceHeight).orElse(block.height());
    block.edit.put(star, new CandidateRecord(offer, since));
    if (before.isEmpty()) {
      block.membership.add(new MembershipChange(star, MembershipChange.Kind.JOINED_POOL));
    }
    return Outcome.RECORDED;
  }

  /** The block's header has no room for more changes of the pool. */
  private boolean isPoolBusy() {
    return block.membership.size() == GalaxyHeader.MEMBERSHIP_MAX;
  }

  private Outcome withdraw(StarId star) {
    if (isPoolBusy()) {
      return Outcome.POOL_BUSY;
    }
    if (!block.edit.removeCandidate(star)) {
      return Outcome.NOT_CANDIDATE;
    }
    block.membership.add(new MembershipChange(star, MembershipChange.Kind.LEFT_POOL));
    return Outcome.RECORDED;
  }
}
