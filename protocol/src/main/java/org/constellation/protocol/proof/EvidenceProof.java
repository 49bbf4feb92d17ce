package org.constellation.protocol.proof;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.merkle.MerklePath;
import org.constellation.protocol.merkle.MerkleTree;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.StateEntry;

/**
 * Everything that shows to a holder of the genesis file that somebody contradicted himself, and
 * that a certified block says so: the two statements, and the place of the receipt that convicts
 * him. The receipt itself is not carried, since it is a function of the evidence and the culprit.
 *
 * <p>That a star's half-blocks were signed with the key that was valid at their sequence, the
 * galaxy's certificate vouches for. Committees are those of the genesis file.
 *
 * @param culprit a star's first key, or a member's operational key; two headers may have several
 * @param path from the receipt to the header's root of receipts
 * @param block the block with the receipt
 */
public record EvidenceProof(
    PublicKey culprit, Evidence evidence, MerklePath path, CertifiedHeader block) {

  /** What a check finds. */
  public sealed interface Verdict permits Proven, Refuted {}

  /**
   * The culprit is convicted.
   *
   * @param offence {@link Outcome#FORK}, {@link Outcome#DOUBLE_VOTE} or {@link Outcome#TWO_HEADERS}
   * @param culprit who signed both statements
   * @param star that forked, or that the member serves
   * @param height of the galaxy block that says so
   * @param position of the receipt that says so, among those of the block
   * @param block hash of that block's header
   * @param timeMillis of that block
   * @param tick of that block
   */
  public record Proven(
      Outcome offence,
      PublicKey culprit,
      StarId star,
      long height,
      int position,
      Hash block,
      long timeMillis,
      long tick)
      implements Verdict {}

  /** Makes a proof from what a ledger keeps; nothing if the block does not convict by that. */
  public static Optional<EvidenceProof> of(
      PublicKey culprit, Evidence evidence, GalaxyBlock block) {
    var index = block.receipts().indexOf(receipt(culprit, evidence));
    if (index < 0) {
      return Optional.empty();
    }
    var tree = MerkleTree.ofHashes(block.receipts().stream().map(Receipt::digest).toList());
    return Optional.of(
        new EvidenceProof(
            culprit,
            evidence,
            tree.path(index),
            new CertifiedHeader(block.header(), block.certificate())));
  }

  private static Receipt receipt(PublicKey culprit, Evidence evidence) {
    return switch (evidence) {
      case Evidence.Fork fork -> new Receipt(fork.second().first().id(), Outcome.FORK, Hash.ZERO);
      case Evidence.DoubleVote doubleVote -> {
        var header = doubleVote.first().header();
        yield conviction(header.committee(), header.era(), culprit, Outcome.DOUBLE_VOTE);
      }
      case Evidence.TwoHeaders headers -> {
        var head = headers.first();
        yield conviction(head.committee(), head.era(), culprit, Outcome.TWO_HEADERS);
      }
    };
  }

  private static Receipt conviction(
      Committee committee, long era, PublicKey culprit, Outcome offence) {
    return new Receipt(StateEntry.Conviction.idOf(committee, era, culprit), offence, Hash.ZERO);
  }

  /**
   * Checks all of it, the cheap parts first.
   *
   * @param isShown whether a fork or double vote shows by itself that one key signed both
   */
  public Verdict check(Genesis genesis, SignatureVerifier verifier, Predicate<Evidence> isShown) {
    var receipt = receipt(culprit, evidence);
    if (path.rootFrom(receipt.digest()).filter(block.header().receiptsRoot()::equals).isEmpty()) {
      return new Refuted(Refuted.Reason.NOT_IN_RECEIPTS, "no conviction at this place");
    }
    var objection = block.objection(genesis, verifier);
    if (objection.isPresent()) {
      return objection.get();
    }
    var star = star(genesis, verifier, isShown);
    if (star.isEmpty()) {
      return new Refuted(Refuted.Reason.NO_OFFENCE, "no contradiction of this culprit's");
    }
    var header = block.header();
    return new Proven(
        receipt.outcome(),
        culprit,
        star.get(),
        header.height(),
        path.index(),
        header.hash(),
        header.timeMillis(),
        header.tick());
  }

  /** Whom the evidence shows to be guilty, if that is the culprit named. */
  private Optional<StarId> star(
      Genesis genesis, SignatureVerifier verifier, Predicate<Evidence> isShown) {
    return switch (evidence) {
      case Evidence.Fork fork ->
          Optional.of(fork.first().star())
              .filter(star -> star.key().equals(culprit))
              .filter(_ -> isShown.test(fork));
      case Evidence.DoubleVote doubleVote -> {
        var header = doubleVote.first().header();
        yield plan(genesis, header.committee(), header.era())
            .flatMap(plan -> plan.seat(header.sender()))
            .filter(seat -> seat.operationalKey().equals(culprit))
            .filter(_ -> isShown.test(doubleVote))
            .map(CommitteeMember::star);
      }
      case Evidence.TwoHeaders headers -> {
        var first = headers.first();
        var plan =
            plan(genesis, first.committee(), first.era())
                .filter(_ -> first.network().equals(genesis.network()));
        yield plan.flatMap(
            members ->
                CertificateCheck.signersOfBoth(headers, members, verifier).stream()
                    .map(members.members()::get)
                    .filter(seat -> seat.operationalKey().equals(culprit))
                    .map(CommitteeMember::star)
                    .findFirst());
      }
    };
  }

  private static Optional<EraPlan> plan(Genesis genesis, Committee committee, long era) {
    return Stream.concat(Stream.of(genesis.galaxy()), genesis.clusters().stream())
        .filter(plan -> plan.committee().equals(committee) && plan.era() == era)
        .findFirst();
  }
}
